/**
 * Who changes something by hand, what and why. Depends on no other concept; what an entry is about is told by its number,
 * if it is told.
 *
 * <p>Invariant: what is written once is never changed nor removed.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.operator;

import org.jspecify.annotations.NullMarked;
