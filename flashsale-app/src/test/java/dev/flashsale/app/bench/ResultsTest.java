package dev.flashsale.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsTest {

    private final Results results = new Results();

    @Test
    void aRatioIsOfTheMediansOverTheRounds() {
        measure("hold", 9_000, 20_000, 10_000);
        measure("textbook_hold", 90, 100, 5_000);

        assertThat(results.ratio(Ratio.HOLD_TO_TEXTBOOK)).hasValue(100);
    }

    @Test
    void theMedianOfAnEvenNumberOfRoundsLiesBetweenTheTwoInTheMiddle() {
        measure("hold", 1_000, 4_000, 2_000, 100);

        assertThat(results.median("hold", Metric.RATE)).hasValue(1_500);
    }

    @Test
    void aRatioWithoutBothOfItsWorkloadsIsNotMade() {
        measure("hold", 1_000);

        assertThat(results.ratio(Ratio.HOLD_TO_LIMIT)).isEmpty();
    }

    @Test
    void aRateCountsWhatWasDoneInTheTimeThatItTook() {
        Tally tally = new Tally(Duration.ofMillis(2_500), 5_000, 7, 9, latencies(1), "");

        assertThat(tally.rate()).isEqualTo(2_000);
    }

    @Test
    void latencyIsComparedByItsPercentile() {
        results.add(sample("hold", new Tally(Duration.ofSeconds(1), 1, 0, 0, latencies(2), "")));
        results.add(sample("textbook_hold", new Tally(Duration.ofSeconds(1), 1, 0, 0, latencies(200), "")));

        assertThat(results.ratio(Ratio.P99_TO_TEXTBOOK).orElseThrow()).isBetween(0.0099, 0.0101);
    }

    @ParameterizedTest
    @CsvSource({
        "HOLD_TO_TEXTBOOK, 50, true",
        "HOLD_TO_TEXTBOOK, 49.9, false",
        "P99_TO_TEXTBOOK, 0.05, true",
        "P99_TO_TEXTBOOK, 0.051, false",
        "SINGLE_LATENCY_TO_TEXTBOOK, 0.9, true",
    })
    void aPromiseIsMetAtItsBound(Ratio ratio, double value, boolean met) {
        assertThat(ratio.metBy(value)).isEqualTo(met);
    }

    private void measure(String workload, long... rates) {
        for (long rate : rates) {
            results.add(sample(workload, new Tally(Duration.ofSeconds(1), rate, 0, 0, latencies(1), "")));
        }
    }

    private static Sample sample(String workload, Tally tally) {
        return Sample.of(new Workload(workload, "holds", "", window -> tally), 1, tally);
    }

    private static Histogram latencies(long millis) {
        Histogram histogram = new Histogram(Tally.MAX_LATENCY_NANOS, Tally.DIGITS);
        histogram.recordValue(Duration.ofMillis(millis).toNanos());
        return histogram;
    }
}
