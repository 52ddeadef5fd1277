package dev.flashsale.app.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What callers counted while a workload ran.
 *
 * @param took from the first call to the end of the last
 * @param done calls that did what the workload is about
 * @param refused calls that were refused though they should not have been, or told to come back
 * @param failed calls that ended with an error
 * @param latencyNanos of the calls that were done, in nanoseconds
 * @param note for people, may be empty
 */
record Tally(Duration took, long done, long refused, long failed, Histogram latencyNanos, String note) {

    static final long MAX_LATENCY_NANOS = Duration.ofMinutes(2).toNanos();
    static final int DIGITS = 3;

    double rate() {
        return done / (took.toNanos() / 1e9);
    }

    Tally noting(String newNote) {
        return new Tally(took, done, refused, failed, latencyNanos, note.isEmpty() ? newNote : newNote + "; " + note);
    }
}
