package dev.flashsale.application;

import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;

/** Use case: take note that the money of a payment was given back. */
@FunctionalInterface
public interface MarkRefundDone {

    /**
     * Safe to repeat.
     *
     * @param paymentId the transaction that is listed as money to give back
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    RefundOutcome mark(TransactionId paymentId);
}
