/**
 * How much of a product there is and how much of it can still be taken. The one place that changes {@code available}.
 *
 * <p>Invariant: {@code available = total − active holds − pending orders − paid orders}, never below zero.
 */
@NullMarked
package dev.flashsale.domain.stock;

import org.jspecify.annotations.NullMarked;
