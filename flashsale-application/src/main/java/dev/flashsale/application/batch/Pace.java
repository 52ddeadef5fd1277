package dev.flashsale.application.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the next batch begins. One batch at a time shares the most. Where it takes long, for a slow database or for a row
 * that somebody else has locked, those who need not wait for it do not. Its owner guards it.
 */
final class Pace {

    private final int inFlight;
    private final long lateNanos;
    private final LongSupplier nanoTime;

    private int batches;
    private long lastBegunAt;

    /**
     * @param inFlight batches at the same time at most, 1 or more
     * @param late a batch under way for as long is not waited for
     */
    Pace(int inFlight, Duration late, LongSupplier nanoTime) {
        this.inFlight = inFlight;
        lateNanos = late.toNanos();
        this.nanoTime = nanoTime;
    }

    boolean mayBegin() {
        return batches == 0 || (batches < inFlight && nanoTime.getAsLong() - lastBegunAt >= lateNanos);
    }

    void begin() {
        batches++;
        lastBegunAt = nanoTime.getAsLong();
    }

    void end() {
        batches--;
    }
}
