/**
 * Meters, and observations for traces, with Micrometer, which is yours to add. docs/watching.md says what there is.
 *
 * <p>API: all but {@link dev.flashsale.application.micrometer.Words}.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.micrometer;

import org.jspecify.annotations.NullMarked;
