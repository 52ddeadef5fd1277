/**
 * How much of a product there is and how much of it can still be taken. The one place that changes {@code available}.
 *
 * <p>Invariant: {@code available = total − active holds − pending orders − paid orders}, never below zero.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.stock;

import org.jspecify.annotations.NullMarked;
