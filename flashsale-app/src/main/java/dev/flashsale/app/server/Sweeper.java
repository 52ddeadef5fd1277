package dev.flashsale.app.server;

import dev.flashsale.application.Flashsale;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tidies up holds, orders, kept payments and idempotency keys whose time is over, on one thread. A failure is told once and
 * tried again.
 */
final class Sweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int MAX_PASSES = 100;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final List<IntSupplier> passes;
    private final Duration interval;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean stopping;
    private boolean failing;

    /** @param keyRetention how long idempotency keys are kept */
    Sweeper(Flashsale flashsale, Duration interval, Duration keyRetention) {
        this(
                List.of(
                        flashsale.expireHolds()::expire,
                        flashsale.expireOrders()::expire,
                        flashsale.expireKeptPayments()::expire,
                        () -> flashsale.forgetKeys().forget(keyRetention)),
                interval);
    }

    /** @param passes each answers how many ended in it */
    Sweeper(List<IntSupplier> passes, Duration interval) {
        this.passes = List.copyOf(passes);
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        stopping = false;
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("sweeper").daemon().factory());
        executor = started;
        ScheduledFuture<?> unused =
                started.scheduleWithFixedDelay(this::sweep, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        try {
            passes.forEach(this::repeat);
            if (failing) {
                failing = false;
                LOG.info("Tidying up works again");
            }
        } catch (RuntimeException e) {
            if (!failing && !stopping) {
                failing = true;
                LOG.warn(
                        "Tidying up failed and is tried again every {} ms: {} ({})",
                        interval.toMillis(),
                        e.getMessage(),
                        rootOf(e));
            }
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString().replaceAll("\\s+", " ") : rootOf(cause);
    }

    private void repeat(IntSupplier pass) {
        int made = 0;
        while (!stopping && made < MAX_PASSES && pass.getAsInt() > 0) {
            made++;
        }
    }

    /** Returns when the pass under way has ended. */
    @Override
    public synchronized void stop() {
        if (executor != null) {
            stopping = true;
            end(executor);
            executor = null;
        }
    }

    private static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Tidying up does not end: the program stops without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
