/**
 * Whether everything adds up, and what can be mended where it does not.
 *
 * <p>Reads as of one moment; mends with the rows locked and looked at again.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.audit;

import org.jspecify.annotations.NullMarked;
