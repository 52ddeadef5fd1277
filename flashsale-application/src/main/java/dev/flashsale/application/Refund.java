package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money to give back.
 *
 * @param number 1 or more, growing in the order in which the payments came
 * @param payment with the amount that was owed where the gateway named none
 * @param rest how much of it has not been given back; null if nobody said how much it was
 */
public record Refund(long number, Payment payment, @Nullable BigDecimal rest, RefundReason why, Instant receivedAt) {}
