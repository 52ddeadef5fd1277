package dev.flashsale.app.bench;

import java.util.function.ToDoubleFunction;

/** What of a sample is compared. */
enum Metric {
    RATE(Sample::rate),
    P50(Sample::p50Millis),
    P99(Sample::p99Millis);

    /** Holds no state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Sample> value;

    Metric(ToDoubleFunction<Sample> value) {
        this.value = value;
    }

    double of(Sample sample) {
        return value.applyAsDouble(sample);
    }
}
