/**
 * Ends, removes and forgets what is over, in short transactions of its own.
 *
 * <p>Passes over what others have locked, so it waits for nobody but for a stock row.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.housekeeping;

import org.jspecify.annotations.NullMarked;
