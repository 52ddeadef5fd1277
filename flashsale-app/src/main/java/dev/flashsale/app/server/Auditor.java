package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.application.port.AuditReport.Conservation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Checks now and then, on a thread of its own, whether the pieces of every product add up. The first check comes at a
 * random moment of the first interval, and each one after it up to a tenth of it sooner or later, so that nodes that were
 * started together do not check together.
 */
final class Auditor implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
    private static final int JITTER = 10;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private final Supplier<List<Conservation>> books;
    private final Duration interval;
    private final InstantSource clock;
    private @Nullable ScheduledExecutorService executor;
    private volatile @Nullable LastAudit last;

    /** @param interval 0 to check nothing */
    Auditor(Supplier<List<Conservation>> books, Duration interval, InstantSource clock) {
        this.books = books;
        this.interval = interval;
        this.clock = clock;
    }

    /** How the last check that came to its end ended. */
    Optional<LastAudit> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public synchronized void start() {
        if (!interval.isZero()) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("auditor").daemon().factory());
            executor = started;
            schedule(started, ThreadLocalRandom.current().nextLong(interval.toNanos()));
        }
    }

    private void schedule(ScheduledExecutorService on, long nanos) {
        ScheduledFuture<?> unused = on.schedule(
                () -> {
                    try {
                        check();
                    } finally {
                        scheduleNext(on);
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private synchronized void scheduleNext(ScheduledExecutorService on) {
        if (on.equals(executor)) {
            long jitter = interval.toNanos() / JITTER;
            schedule(on, interval.toNanos() + ThreadLocalRandom.current().nextLong(-jitter, jitter + 1));
        }
    }

    /** What fails is told and tried again at the next turn; how long ago the last success was shows it, too. */
    void check() {
        try {
            List<Conservation> wrong = books.get();
            wrong.forEach(product -> LOG.error(
                    "Product {} does not add up: {} in total, but {} available, {} held, {} pending and {} paid."
                            + " The audit command tells more, audit --repair mends what can be mended",
                    product.productId(),
                    product.total(),
                    product.available(),
                    product.held(),
                    product.pending(),
                    product.paid()));
            last = new LastAudit(clock.instant(), wrong.size());
        } catch (RuntimeException e) {
            LOG.warn("The books could not be checked: {}", e.getMessage());
        }
    }

    /** Returns when the check under way has ended. */
    @Override
    public void stop() {
        ScheduledExecutorService stopped;
        synchronized (this) {
            stopped = executor;
            executor = null;
        }
        if (stopped != null) {
            stopped.shutdownNow();
            try {
                if (!stopped.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    LOG.warn("Checking the books does not end: the program stops without it");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    @Override
    public int getPhase() {
        return HttpServer.PHASE - 1;
    }
}
