package dev.flashsale.app.metrics;

import dev.flashsale.adapter.jdbc.micrometer.SaleMeters;
import dev.flashsale.adapter.rest.AnswerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Counts and times what this node answers, by route. A meter is made for the first answer of its kind. */
final class HttpMetrics implements AnswerListener {

    /** Where the buckets of histograms end. */
    static final Duration[] DURATIONS = SaleMeters.durations();

    private static final int HUNDRED = 100;
    private static final int CLASSES = 6;

    private final MeterRegistry registry;

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public OfRoute of(String method, String route) {
        AtomicReferenceArray<Timer> ofClass = new AtomicReferenceArray<>(CLASSES);
        return (status, nanos) -> {
            int hundreds = status / HUNDRED;
            Timer timer = ofClass.get(hundreds);
            if (timer == null) {
                timer = timer(method, route, hundreds + "xx");
                ofClass.set(hundreds, timer);
            }
            timer.record(nanos, TimeUnit.NANOSECONDS);
        };
    }

    /** The same one for the same tags, whoever asks. */
    private Timer timer(String method, String route, String status) {
        return Timer.builder("flashsale.http.requests")
                .description("How long requests took to be answered")
                .tag("method", method)
                .tag("route", route)
                .tag("status", status)
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }
}
