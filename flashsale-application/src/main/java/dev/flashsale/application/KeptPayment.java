package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import java.time.Instant;

/**
 * A payment that waits for its order to be made.
 *
 * @param number 1 or more, growing in the order in which the payments came
 * @param givenUpAt when it has waited for long enough: the money of a success must then be given back
 */
public record KeptPayment(long number, Payment payment, Instant receivedAt, Instant givenUpAt) {}
