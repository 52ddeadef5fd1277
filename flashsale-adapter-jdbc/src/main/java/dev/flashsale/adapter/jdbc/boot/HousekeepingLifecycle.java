package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Housekeeping;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Keeps house while the context runs: starts after everything else, and stops before it. */
final class HousekeepingLifecycle implements SmartLifecycle {

    private final boolean on;
    private final Supplier<Housekeeping.Running> start;
    private Housekeeping.@Nullable Running running;

    /** @param on else it is not started */
    HousekeepingLifecycle(boolean on, Supplier<Housekeeping.Running> start) {
        this.on = on;
        this.start = start;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = start.get();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public boolean isAutoStartup() {
        return on;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
