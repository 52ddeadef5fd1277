package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Housekeeping;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/** Keeps house on threads of the host's. */
final class ScheduledHousekeeping implements Housekeeping.Running {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledHousekeeping.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Housekeeping housekeeping;
    private final Duration keyRetention;
    private final ReentrantLock turn = new ReentrantLock();
    private final ScheduledFuture<?> future;
    private volatile boolean closed;

    private ScheduledHousekeeping(
            Housekeeping housekeeping, TaskScheduler scheduler, Duration interval, Duration keyRetention) {
        this.housekeeping = housekeeping;
        this.keyRetention = keyRetention;
        future = scheduler.scheduleWithFixedDelay(this::tidy, interval);
    }

    static Housekeeping.Running start(
            Housekeeping housekeeping, TaskScheduler scheduler, Duration interval, Duration keyRetention) {
        return new ScheduledHousekeeping(housekeeping, scheduler, interval, keyRetention);
    }

    private void tidy() {
        turn.lock();
        try {
            if (!closed) {
                housekeeping.tidy(keyRetention);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean unused = future.cancel(false);
        try {
            if (turn.tryLock(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                turn.unlock();
            } else {
                LOG.warn("Tidying up does not end: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
