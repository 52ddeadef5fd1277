package dev.flashsale.application;

import java.time.Duration;

/**
 * What a sale can set.
 *
 * @param holdTtl how long a hold is valid, above 0 and at most {@link #MAX_DURATION}
 * @param paymentDeadline how long an order waits for its payment, within the same bounds
 * @param expiryBatch how many holds or orders of a product are expired in one transaction, 1 to
 *     {@value #MAX_EXPIRY_BATCH}
 * @param groupCommit how many requests share a transaction
 */
public record Settings(Duration holdTtl, Duration paymentDeadline, int expiryBatch, GroupCommitBounds groupCommit) {

    public static final Duration MAX_DURATION = Duration.ofDays(30);
    public static final int MAX_EXPIRY_BATCH = 10_000;

    public Settings {
        check("hold ttl", holdTtl);
        check("payment deadline", paymentDeadline);
        if (expiryBatch < 1 || expiryBatch > MAX_EXPIRY_BATCH) {
            throw new IllegalArgumentException(
                    "expiry batch must be from 1 to " + MAX_EXPIRY_BATCH + ", was " + expiryBatch);
        }
    }

    /** With the usual group commit. */
    public Settings(Duration holdTtl, Duration paymentDeadline, int expiryBatch) {
        this(holdTtl, paymentDeadline, expiryBatch, GroupCommitBounds.defaults());
    }

    /** Two minutes for a hold, fifteen for a payment. */
    public static Settings defaults() {
        return new Settings(Duration.ofMinutes(2), Duration.ofMinutes(15), 500);
    }

    private static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + MAX_DURATION.toDays() + " days, was " + duration);
        }
    }
}
