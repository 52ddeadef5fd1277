/**
 * Meters, and observations for traces, with Micrometer, which is yours to add. docs/watching.md says what there is.
 *
 * <p>API: all but {@link dev.flashsale.adapter.jdbc.micrometer.Words}.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.micrometer;

import org.jspecify.annotations.NullMarked;
