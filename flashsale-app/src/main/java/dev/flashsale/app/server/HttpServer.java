package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.PlaceUse;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Flashsale;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Serves HTTP for as long as the context runs: the last to start and the first to stop. */
final class HttpServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    static final int PHASE = 100;

    private final Flashsale flashsale;
    private final Probes probes;
    private final AnswerListener answers;
    private final RestSettings settings;
    private volatile @Nullable RestServer server;

    HttpServer(Flashsale flashsale, Probes probes, AnswerListener answers, RestSettings settings) {
        this.flashsale = flashsale;
        this.probes = probes;
        this.answers = answers;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        server = RestServer.start(flashsale, probes, InstantSource.system(), answers, settings);
    }

    @Override
    public synchronized void stop() {
        RestServer running = server;
        if (running != null) {
            LOG.info("Stopping: requests in flight are finished, new ones refused");
            running.close();
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
        RestServer running = server;
        if (running == null) {
            throw new IllegalStateException("the HTTP server does not run");
        }
        return running.port();
    }

    /** How busy it is; nothing while it does not run. Waits for no stop, which may wait for whoever asks. */
    List<PlaceUse> places() {
        RestServer running = server;
        return running == null ? List.of() : running.places();
    }

    /** How many listen; nothing while it does not run. */
    Optional<PlaceUse> streams() {
        return Optional.ofNullable(server).map(RestServer::streams);
    }
}
