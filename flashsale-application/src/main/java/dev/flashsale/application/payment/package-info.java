/**
 * What gateways report: payments and refunds, and what they do to orders and stocks.
 *
 * <p>Locks payments, then orders, then stocks.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.payment;

import org.jspecify.annotations.NullMarked;
