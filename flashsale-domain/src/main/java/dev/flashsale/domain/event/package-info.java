/**
 * What a sale tells the world: facts that are committed, or will be with the transaction that writes them.
 *
 * <p>May know every other package of the domain; none knows this one. Invariant: of the events that are kept, those of one
 * product have numbers 1, 2, 3 … in the order in which they were committed, without a gap.
 *
 * <p>API: the events, their kinds and their stamp. The repository is for the other modules and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.event;

import org.jspecify.annotations.NullMarked;
