package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import java.time.Instant;
import java.util.Optional;

/** Use case: look at the money that somebody must give back, a page at a time. */
@FunctionalInterface
public interface ListRefunds {

    /** A page in the order in which the payments came, by the refunds' numbers. What is done is listed no more. */
    Page<Refund, Long> list(Optional<Long> after, PageSize size);

    /**
     * Money to give back.
     *
     * @param number 1 or more, growing in the order in which the payments came
     * @param payment with the amount that was owed where the gateway named none
     */
    record Refund(long number, Payment payment, RefundReason why, Instant receivedAt) {}
}
