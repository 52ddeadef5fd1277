package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.application.port.AuditReport.Conservation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks now and then, on a thread of its own, whether the pieces of every product add up. The first check comes at a
 * random moment of the first interval, and each one after it up to a tenth of it sooner or later, so that nodes that were
 * started together do not check together.
 */
final class Auditor extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
    private static final int JITTER = 10;

    private final Supplier<List<Conservation>> books;
    private final Duration interval;
    private final InstantSource clock;
    private volatile @Nullable LastAudit last;

    /** @param interval 0 to check nothing */
    Auditor(Supplier<List<Conservation>> books, Duration interval, InstantSource clock) {
        super("auditor", !interval.isZero());
        this.books = books;
        this.interval = interval;
        this.clock = clock;
    }

    /** How the last check that came to its end ended. */
    Optional<LastAudit> last() {
        return Optional.ofNullable(last);
    }

    @Override
    Duration firstAfter() {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(interval.toNanos()));
    }

    @Override
    Duration turn() {
        check();
        long jitter = interval.toNanos() / JITTER;
        return interval.plusNanos(ThreadLocalRandom.current().nextLong(-jitter, jitter + 1));
    }

    /** What fails is told and tried again at the next turn; how long ago the last success was shows it, too. */
    void check() {
        try {
            List<Conservation> wrong = books.get();
            wrong.forEach(product -> LOG.error(product.inWords()));
            last = new LastAudit(clock.instant(), wrong.size());
        } catch (RuntimeException e) {
            LOG.warn("The books could not be checked: {}", e.getMessage());
        }
    }
}
