package dev.flashsale.adapter.rest.boot;

import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Flashsale;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Serves HTTP while the context runs: starts after everything else, and stops before it, once the requests in flight are answered. */
public final class FlashsaleHttpServer implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(FlashsaleHttpServer.class);

    private final Flashsale flashsale;
    private final Probes probes;
    private final AnswerListener answers;
    private final RestSettings settings;
    private @Nullable RestServer server;

    /** Serves nothing before it is started. */
    public FlashsaleHttpServer(Flashsale flashsale, Probes probes, AnswerListener answers, RestSettings settings) {
        this.flashsale = flashsale;
        this.probes = probes;
        this.answers = answers;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (server == null) {
            server = RestServer.start(flashsale, probes, InstantSource.system(), answers, settings);
            LOGGER.info("Flashsale serves HTTP on port {}", server.port());
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /**
     * The port that it listens on, also where {@code flashsale.http.port} is 0 for a free one.
     *
     * @throws IllegalStateException if it does not run
     */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the HTTP server does not run");
        }
        return server.port();
    }
}
