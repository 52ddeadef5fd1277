/**
 * What a payment gateway reports, and what it does to an order and its stock.
 *
 * <p>Invariant: what is said of a transaction is applied once, however often and in whatever order reports arrive.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.payment;

import org.jspecify.annotations.NullMarked;
