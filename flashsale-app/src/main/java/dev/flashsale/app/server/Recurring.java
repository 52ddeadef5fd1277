package dev.flashsale.app.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does something now and then, on a thread of its own, for as long as the program runs. */
abstract class Recurring implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);

    private final String thread;
    private final boolean on;
    private @Nullable ScheduledExecutorService executor;

    /** @param on else it does nothing */
    Recurring(String thread, boolean on) {
        this.thread = thread;
        this.on = on;
    }

    /** How long after the start it is done first. */
    abstract Duration firstAfter();

    /** Does it, and says how long to wait until the next time. */
    abstract Duration turn();

    @Override
    public synchronized void start() {
        if (on) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name(thread).daemon().factory());
            executor = started;
            schedule(started, firstAfter());
        }
    }

    private void schedule(ScheduledExecutorService on, Duration after) {
        ScheduledFuture<?> unused = on.schedule(() -> scheduleNext(on, turn()), after.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void scheduleNext(ScheduledExecutorService on, Duration after) {
        if (on.equals(executor)) {
            schedule(on, after);
        }
    }

    /** Returns when the turn under way has ended. */
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
                    LOG.warn("The {} does not end: the program stops without it", thread);
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
