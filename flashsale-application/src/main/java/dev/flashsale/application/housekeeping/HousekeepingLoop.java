package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Housekeeping;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Tidies up again and again on one thread. A failure is told once and tried again. */
final class HousekeepingLoop implements Housekeeping.Running {

    private static final System.Logger LOG = System.getLogger(HousekeepingLoop.class.getName());
    private static final int MAX_PASSES = 100;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final List<IntSupplier> passes;
    private final Duration interval;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flashsale-housekeeping").daemon().factory());
    private volatile boolean stopping;
    private boolean failing;

    private HousekeepingLoop(List<IntSupplier> passes, Duration interval) {
        this.passes = List.copyOf(passes);
        this.interval = interval;
    }

    /** @param passes each answers how many ended in it */
    static HousekeepingLoop start(List<IntSupplier> passes, Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval must be above 0, was " + interval);
        }
        HousekeepingLoop loop = new HousekeepingLoop(passes, interval);
        ScheduledFuture<?> unused =
                loop.executor.scheduleWithFixedDelay(loop::tidy, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return loop;
    }

    private void tidy() {
        try {
            passes.forEach(this::repeat);
            if (failing) {
                failing = false;
                LOG.log(Level.INFO, "Tidying up works again");
            }
        } catch (RuntimeException e) {
            if (!failing && !stopping) {
                failing = true;
                LOG.log(
                        Level.WARNING,
                        "Tidying up failed and is tried again every {0} ms: {1} ({2})",
                        Long.toString(interval.toMillis()),
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
