package dev.flashsale.app.metrics;

import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.application.SaleListener.Failure;
import dev.flashsale.application.SaleListener.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what failed alone while everything else went on, and remembers the last of it for a while. */
final class FailureMetrics {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Map<Work, Counter> failures = new EnumMap<>(Work.class);
    private final InstantSource clock;
    private volatile @Nullable LastFailure last;

    FailureMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        for (Work work : Work.values()) {
            failures.put(
                    work,
                    Counter.builder("flashsale.failures")
                            .description("What failed alone while everything else went on")
                            .tag("what", Words.word(work))
                            .register(registry));
        }
    }

    void count(Failure failure) {
        Objects.requireNonNull(failures.get(failure.work())).increment();
        last = new LastFailure(clock.instant(), Words.word(failure.work()), failure.subject());
    }

    /** What failed last, if that was not long ago. */
    Optional<LastFailure> last() {
        Instant since = clock.instant().minus(REMEMBERED);
        return Optional.ofNullable(last).filter(failure -> failure.at().isAfter(since));
    }
}
