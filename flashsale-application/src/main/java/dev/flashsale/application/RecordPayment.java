package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;

/** Use case: take in what a payment gateway reports. */
@FunctionalInterface
public interface RecordPayment {

    /**
     * Safe to repeat, in any order and at any time: a transaction id is applied once. A refund that comes before what it
     * gives back is not recorded, so that it has to be repeated.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    PaymentOutcome record(Payment payment);
}
