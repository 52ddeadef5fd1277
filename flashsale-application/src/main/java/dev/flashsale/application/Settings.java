package dev.flashsale.application;

import dev.flashsale.application.batch.GroupCommitBounds;
import java.time.Duration;

/**
 * What a sale can set.
 *
 * @param holdTtl how long a hold is valid, above 0 and at most {@link #MAX_DURATION}
 * @param paymentDeadline how long an order waits for its payment, within the same bounds
 * @param expiryBatch how many holds or orders of a product are expired in one transaction, 1 to
 *     {@value #MAX_EXPIRY_BATCH}
 * @param groupCommit how many requests share a transaction
 * @param readMemory how old a product may be when it is read; 0 reads the database every time; at most
 *     {@link #MAX_MEMORY}
 * @param soldOutMemory how long buyers are refused from memory once nothing was left; 0 asks the database every time;
 *     at most {@link #MAX_MEMORY}
 * @param paymentKeep how long a payment waits for its order to be made, within the bounds of the hold ttl
 */
public record Settings(
        Duration holdTtl,
        Duration paymentDeadline,
        int expiryBatch,
        GroupCommitBounds groupCommit,
        Duration readMemory,
        Duration soldOutMemory,
        Duration paymentKeep) {

    public static final Duration MAX_DURATION = Duration.ofDays(30);
    public static final int MAX_EXPIRY_BATCH = 10_000;
    public static final Duration MAX_MEMORY = Duration.ofMinutes(1);

    public Settings {
        check("hold ttl", holdTtl);
        check("payment deadline", paymentDeadline);
        if (expiryBatch < 1 || expiryBatch > MAX_EXPIRY_BATCH) {
            throw new IllegalArgumentException(
                    "expiry batch must be from 1 to " + MAX_EXPIRY_BATCH + ", was " + expiryBatch);
        }
        checkMemory("read memory", readMemory);
        checkMemory("sold-out memory", soldOutMemory);
        check("payment keep", paymentKeep);
    }

    /** With the usual group commit and memory, and a week for a payment whose order has not been made. */
    public Settings(Duration holdTtl, Duration paymentDeadline, int expiryBatch) {
        this(
                holdTtl,
                paymentDeadline,
                expiryBatch,
                GroupCommitBounds.defaults(),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofDays(7));
    }

    /** Two minutes for a hold, fifteen for a payment. */
    public static Settings defaults() {
        return new Settings(Duration.ofMinutes(2), Duration.ofMinutes(15), 500);
    }

    /** These settings, but every answer comes from the database. */
    public Settings withoutMemory() {
        return new Settings(
                holdTtl, paymentDeadline, expiryBatch, groupCommit, Duration.ZERO, Duration.ZERO, paymentKeep);
    }

    private static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + MAX_DURATION.toDays() + " days, was " + duration);
        }
    }

    private static void checkMemory(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(MAX_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from 0 to " + MAX_MEMORY.toSeconds() + " seconds, was " + duration);
        }
    }
}
