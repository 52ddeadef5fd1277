/**
 * What a payment gateway reports, and what it does to an order and its stock.
 *
 * <p>Invariant: a transaction id is applied once, however often and in whatever order reports arrive.
 */
@NullMarked
package dev.flashsale.domain.payment;

import org.jspecify.annotations.NullMarked;
