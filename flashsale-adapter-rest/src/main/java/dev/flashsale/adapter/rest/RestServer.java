package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.connection.ClientConnections;
import dev.flashsale.adapter.rest.connection.TlsFiles;
import dev.flashsale.adapter.rest.http.Cors;
import dev.flashsale.adapter.rest.http.ProtocolProblems;
import dev.flashsale.adapter.rest.product.StreamRoutes;
import dev.flashsale.adapter.rest.server.Router;
import dev.flashsale.adapter.rest.server.UseCases;
import dev.flashsale.adapter.rest.stream.LiveProducts;
import dev.flashsale.application.Flashsale;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP server. It listens from {@link #start} to {@link #close}, reads no configuration, no environment and no time
 * of day, and leaves the end of the JVM to its owner, who calls {@link #close}.
 */
public final class RestServer implements AutoCloseable {

    private static final Duration CHECK_CLIENTS_EVERY_AT_MOST = Duration.ofSeconds(1);
    private static final int CHECKS_PER_TIMEOUT = 4;

    /** Held for as long as the class, since the JDK forgets the level of a logger that nobody holds. */
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private final WebServer server;
    private final AdmissionLimits places;
    private final LiveProducts live;

    private RestServer(WebServer server, AdmissionLimits places, LiveProducts live) {
        this.server = server;
        this.places = places;
        this.live = live;
    }

    /**
     * Listens, and has begun to serve when it returns.
     *
     * @param clock against which the age of a webhook is told
     * @param answers is told of every answer
     * @throws PortInUse if it cannot have its port
     */
    public static RestServer start(
            Flashsale flashsale, Probes probes, InstantSource clock, AnswerListener answers, RestSettings settings) {
        return start(UseCases.of(flashsale), probes, clock, System::nanoTime, answers, settings);
    }

    /** As above, with no metrics and no check of the books to tell of, and nobody to be told. */
    public static RestServer start(
            Flashsale flashsale, BooleanSupplier databaseReady, InstantSource clock, RestSettings settings) {
        return start(flashsale, Probes.of(databaseReady), clock, AnswerListener.NONE, settings);
    }

    static RestServer start(
            UseCases useCases,
            Probes probes,
            InstantSource clock,
            LongSupplier nanoTime,
            AnswerListener answers,
            RestSettings settings) {
        AdmissionLimits places = AdmissionLimits.of(settings.maxConcurrentRequests());
        LiveProducts live = StreamRoutes.live(useCases.products(), settings);
        requireFree(settings);
        silenceHelidon();
        WebServerConfig.Builder http = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .addConnectionSelector(new ClientConnections(settings))
                .connectionOptions(options -> options.tcpNoDelay(true))
                .maxTcpConnections(settings.maxConnections())
                .maxPayloadSize(settings.maxBodyBytes())
                .idleConnectionTimeout(Duration.ZERO)
                .idleConnectionPeriod(checkClientsEvery(settings))
                .shutdownGracePeriod(settings.drainTimeout())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(ProtocolProblems.handlers(new Cors(settings.corsOrigins())))
                .routing(new Router(useCases, places, live, probes, clock, nanoTime, answers, settings).routing());
        TlsSettings tls = settings.tls();
        if (tls != null) {
            http.tls(TlsFiles.read(tls.certificate(), tls.key()));
        }
        WebServer server = http.build().start();
        if (!server.isRunning()) {
            throw new PortInUse(settings.host(), settings.port(), new BindException("it was taken a moment ago"));
        }
        return new RestServer(server, places, live);
    }

    public int port() {
        return server.port();
    }

    /** How busy it is. */
    public List<PlaceUse> places() {
        return places.use();
    }

    /** How many listen to products, who take none of those places. */
    public PlaceUse streams() {
        return live.use();
    }

    /** Accepts nothing more, ends every stream, answers the requests in flight for as long as the drain timeout, and stops. */
    @Override
    public void close() {
        live.close();
        server.stop();
    }

    /**
     * Looks whether the address can be listened on, as {@link #start} does: Helidon reports one that it cannot have to its
     * log alone.
     *
     * @throws PortInUse if it cannot
     */
    public static void requireFree(RestSettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (BindException e) {
            throw new PortInUse(settings.host(), settings.port(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
    }

    /** No banner, unless the program has set a level of its own. */
    private static void silenceHelidon() {
        if (HELIDON.getLevel() == null) {
            HELIDON.setLevel(Level.WARNING);
        }
    }

    private static Duration checkClientsEvery(RestSettings settings) {
        Duration shorter = settings.idleTimeout().compareTo(settings.readTimeout()) < 0
                ? settings.idleTimeout()
                : settings.readTimeout();
        Duration every = shorter.dividedBy(CHECKS_PER_TIMEOUT);
        return every.compareTo(CHECK_CLIENTS_EVERY_AT_MOST) < 0 ? every : CHECK_CLIENTS_EVERY_AT_MOST;
    }
}
