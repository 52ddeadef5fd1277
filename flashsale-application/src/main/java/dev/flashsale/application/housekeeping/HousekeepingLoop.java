package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Housekeeping;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tidies up again and again on one thread. */
final class HousekeepingLoop implements Housekeeping.Running {

    private static final System.Logger LOG = System.getLogger(HousekeepingLoop.class.getName());
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flashsale-housekeeping").daemon().factory());
    private volatile boolean stopping;

    private HousekeepingLoop() {}

    static HousekeepingLoop start(HousekeepingTurn turn, Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval must be above 0, was " + interval);
        }
        HousekeepingLoop loop = new HousekeepingLoop();
        ScheduledFuture<?> unused = loop.executor.scheduleWithFixedDelay(
                () -> turn.run(() -> loop.stopping), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return loop;
    }

    @Override
    public void close() {
        stopping = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "Tidying up does not end: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
