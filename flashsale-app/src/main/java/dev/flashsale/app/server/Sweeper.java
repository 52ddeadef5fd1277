package dev.flashsale.app.server;

import dev.flashsale.application.Housekeeping;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Keeps house for as long as the program runs. */
final class Sweeper implements SmartLifecycle {

    private final Housekeeping housekeeping;
    private final Duration interval;
    private final Duration keyRetention;
    private Housekeeping.@Nullable Running running;

    Sweeper(Housekeeping housekeeping, Duration interval, Duration keyRetention) {
        this.housekeeping = housekeeping;
        this.interval = interval;
        this.keyRetention = keyRetention;
    }

    @Override
    public synchronized void start() {
        running = housekeeping.start(interval, keyRetention);
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return HttpServer.PHASE - 1;
    }
}
