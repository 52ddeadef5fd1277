/**
 * A request that carries a key of its caller's is decided once; whoever repeats it gets the first outcome.
 *
 * <p>Invariant: an outcome is kept in the transaction that it tells of, or not at all, and never changes.
 */
@NullMarked
package dev.flashsale.domain.idempotency;

import org.jspecify.annotations.NullMarked;
