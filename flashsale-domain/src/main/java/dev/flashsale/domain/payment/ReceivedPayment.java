package dev.flashsale.domain.payment;

import java.time.Instant;

/**
 * A payment in its place.
 *
 * @param number 1 or more, growing in the order in which payments came
 * @param receivedAt when it was reported
 */
public record ReceivedPayment(long number, RecordedPayment payment, Instant receivedAt) {}
