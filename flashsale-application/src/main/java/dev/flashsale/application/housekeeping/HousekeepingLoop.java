package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Tidies up again and again on one thread. A pass that fails fails alone and is tried again. */
final class HousekeepingLoop implements Housekeeping.Running {

    private static final System.Logger LOG = System.getLogger(HousekeepingLoop.class.getName());
    private static final int MAX_PASSES = 100;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final List<Pass> passes;
    private final Failures failures;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flashsale-housekeeping").daemon().factory());
    private volatile boolean stopping;

    private HousekeepingLoop(List<Pass> passes, Failures failures) {
        this.passes = List.copyOf(passes);
        this.failures = failures;
    }

    /** @param once answers how many ended in it, 0 once nothing is left to do */
    record Pass(Work work, IntSupplier once) {}

    static HousekeepingLoop start(List<Pass> passes, Duration interval, Failures failures) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval must be above 0, was " + interval);
        }
        HousekeepingLoop loop = new HousekeepingLoop(passes, failures);
        ScheduledFuture<?> unused =
                loop.executor.scheduleWithFixedDelay(loop::tidy, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return loop;
    }

    private void tidy() {
        passes.forEach(this::repeat);
    }

    /** Whatever it ends in, the others and the next turn come: an executor would drop a task that threw. */
    private void repeat(Pass pass) {
        try {
            int made = 0;
            while (!stopping && made < MAX_PASSES && pass.once().getAsInt() > 0) {
                made++;
            }
        } catch (Throwable failed) {
            if (!stopping) {
                failures.report(pass.work(), "a pass", failed);
            }
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
