/**
 * What this node has seen a moment ago: stock that was read, and refusals that still hold.
 *
 * <p>It grants nothing, so it never promises stock that is not there.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.memory;

import org.jspecify.annotations.NullMarked;
