package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import java.time.Instant;

/**
 * Money to give back.
 *
 * @param number 1 or more, growing in the order in which the payments came
 * @param payment with the amount that was owed where the gateway named none
 */
public record Refund(long number, Payment payment, RefundReason why, Instant receivedAt) {}
