/**
 * Who changes something by hand, what and why. Depends on no other concept; what an entry is about is told by its number.
 *
 * <p>Invariant: what is written once is never changed nor removed.
 */
@NullMarked
package dev.flashsale.domain.operator;

import org.jspecify.annotations.NullMarked;
