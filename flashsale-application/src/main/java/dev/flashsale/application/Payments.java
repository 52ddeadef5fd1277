package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;

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

    /**
     * Takes note that the money of a payment was given back. Safe to repeat.
     *
     * @param payment the transaction that is listed as money to give back
     */
    RefundOutcome refundDone(TransactionId payment);
}
