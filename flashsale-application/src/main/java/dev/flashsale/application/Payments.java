package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;

/**
 * What payment gateways report, taken in within the caller's transaction if there is one, as with {@link Holds}.
 *
 * <p>Every method throws {@link Busy} if the database could not do it now.
 */
public interface Payments {

    /**
     * Takes a report in and lets it take effect on its order. Safe to repeat, in any order and at any time: a transaction id
     * is applied once. A refund that comes before what it gives back is not recorded, so that it has to be repeated.
     */
    PaymentOutcome record(Payment payment);
}
