/**
 * A request that carries a key of its caller's is decided once; whoever repeats it gets the first outcome.
 *
 * <p>Invariant: an outcome is kept in the transaction that it tells of, or not at all, and never changes.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.idempotency;

import org.jspecify.annotations.NullMarked;
