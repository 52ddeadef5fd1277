package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Flashsale;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Serves HTTP for as long as the context runs: the last to start and the first to stop. */
final class HttpServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    static final int PHASE = 100;

    private final Flashsale flashsale;
    private final BooleanSupplier databaseReady;
    private final RestSettings settings;
    private @Nullable RestServer server;

    HttpServer(Flashsale flashsale, BooleanSupplier databaseReady, RestSettings settings) {
        this.flashsale = flashsale;
        this.databaseReady = databaseReady;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        server = RestServer.start(flashsale, databaseReady, InstantSource.system(), settings);
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            LOG.info("Stopping: requests in flight are finished, new ones refused");
            server.close();
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the HTTP server does not run");
        }
        return server.port();
    }
}
