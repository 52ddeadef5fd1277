package dev.flashsale.application;

import java.time.Duration;

/**
 * How many requests share a transaction, and how many may wait for one. Holds and releases wait for their product, and so
 * do orders and payments among themselves.
 *
 * @param batch requests in one transaction at most, 1 to {@value #MAX_BATCH}
 * @param inFlight transactions of one kind, holds or orders say, at the same time at most, 1 to
 *     {@value #MAX_IN_FLIGHT}; a second one begins when the first takes long; a product is in one of them at most
 * @param queue requests that wait in one lane at most, 1 or more; any more are busy at once
 * @param patience how long a request waits for its turn at most, above 0 and at most {@link #MAX_PATIENCE}
 */
public record GroupCommitBounds(int batch, int inFlight, int queue, Duration patience) {

    public static final int MAX_BATCH = 1024;
    public static final int MAX_IN_FLIGHT = 16;
    public static final Duration MAX_PATIENCE = Duration.ofDays(1);

    public GroupCommitBounds {
        if (batch < 1 || batch > MAX_BATCH) {
            throw new IllegalArgumentException("batch must be from 1 to " + MAX_BATCH + ", was " + batch);
        }
        if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "batches in flight must be from 1 to " + MAX_IN_FLIGHT + ", was " + inFlight);
        }
        if (queue < 1) {
            throw new IllegalArgumentException("queue must be 1 or more, was " + queue);
        }
        if (patience.isNegative() || patience.isZero() || patience.compareTo(MAX_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    "patience must be above 0 and at most " + MAX_PATIENCE + ", was " + patience);
        }
    }

    /** What docs/decisions/0006 settled on. */
    public static GroupCommitBounds defaults() {
        return new GroupCommitBounds(512, 4, 4096, Duration.ofSeconds(5));
    }
}
