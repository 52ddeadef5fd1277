package dev.flashsale.domain.payment;

import java.time.Instant;

/**
 * Money that was taken and that somebody must give back.
 *
 * @param number 1 or more, growing in the order in which payments came
 * @param receivedAt when the payment was reported
 */
public record OpenRefund(long number, RecordedPayment payment, Instant receivedAt) {}
