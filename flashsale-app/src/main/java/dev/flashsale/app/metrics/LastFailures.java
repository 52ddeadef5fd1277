package dev.flashsale.app.metrics;

import dev.flashsale.adapter.jdbc.micrometer.Words;
import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.application.SaleListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers for a while what failed last while everything else went on. */
final class LastFailures implements SaleListener {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final InstantSource clock;
    private volatile @Nullable LastFailure last;

    LastFailures(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void failed(Failure failure) {
        last = new LastFailure(clock.instant(), Words.word(failure.work()), failure.subject());
    }

    /** What failed last, if that was not long ago. */
    Optional<LastFailure> last() {
        Instant since = clock.instant().minus(REMEMBERED);
        return Optional.ofNullable(last).filter(failure -> failure.at().isAfter(since));
    }
}
