package dev.flashsale.app.metrics;

import dev.flashsale.adapter.rest.LiveSale.Answers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long requests for new holds took since the last look, from the meters that are there: nothing more is measured. */
final class AnswerTimes {

    private static final int BOUNDS = HttpMetrics.DURATIONS.length;

    private final MeterRegistry registry;
    private long[] before = new long[BOUNDS + 1];

    AnswerTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Since this was called last; one call at a time. Empty if there were none. */
    Optional<Answers> take() {
        long[] now = counts();
        long[] since = new long[BOUNDS + 1];
        Arrays.setAll(since, i -> Math.max(0, now[i] - before[i]));
        before = now;
        long count = since[BOUNDS];
        return count == 0
                ? Optional.empty()
                : Optional.of(new Answers(count, quantile(0.5, since), quantile(0.99, since)));
    }

    /** How many took no longer than each bound, and behind them how many there were. */
    private long[] counts() {
        long[] counts = new long[BOUNDS + 1];
        for (Timer timer : registry.find("flashsale.http.requests")
                .tags("method", "POST", "route", "/api/holds")
                .timers()) {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            for (CountAtBucket bucket : snapshot.histogramCounts()) {
                for (int i = 0; i < BOUNDS; i++) {
                    if (bucket.bucket() == HttpMetrics.DURATIONS[i].toNanos()) {
                        counts[i] += (long) bucket.count();
                    }
                }
            }
            counts[BOUNDS] += snapshot.count();
        }
        return counts;
    }

    /** Evenly between two bounds; what took longer than the last one is told as that. */
    private static double quantile(double part, long[] counts) {
        double wanted = part * counts[BOUNDS];
        double lower = 0;
        long below = 0;
        for (int i = 0; i < BOUNDS; i++) {
            double upper = (double) HttpMetrics.DURATIONS[i].toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
            if (counts[i] >= wanted) {
                long within = Math.max(1, counts[i] - below);
                return lower + (upper - lower) * (wanted - below) / within;
            }
            lower = upper;
            below = counts[i];
        }
        return lower;
    }
}
