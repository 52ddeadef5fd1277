package dev.flashsale.domain.payment;

import java.time.Instant;

/**
 * A report that contradicts what is known, in its place.
 *
 * @param number 1 or more, growing in the order in which they came
 * @param receivedAt when it came first
 */
public record ListedConflict(long number, ConflictingReport report, Instant receivedAt) {}
