package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.adapter.rest.Probes.LastFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a free port of the loopback address, over fake use cases, and a client of it. */
final class Service implements BeforeEachCallback, AfterEachCallback {

    static final String TOKEN = "correct-horse";
    private static final JsonMapper JSON = new JsonMapper();

    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    Fakes fakes = new Fakes();
    BooleanSupplier databaseReady = () -> true;
    Optional<LastAudit> audit = Optional.empty();
    Optional<LastFailure> failure = Optional.empty();
    /** What its listener was told: method, route and status. */
    final BlockingQueue<String> answered = new LinkedBlockingQueue<>();

    final FakeLiveSale live = new FakeLiveSale();

    private boolean metricsOpen;
    /** What the server takes for the time. */
    Instant now = Instant.parse("2026-11-22T10:00:00Z");

    private RestSettings settings = TestSettings.builder().build();
    private RestServer server;

    Service() {}

    Service(RestSettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fakes = new Fakes();
        answered.clear();
        databaseReady = () -> true;
        Probes probes = new Probes(
                () -> databaseReady.getAsBoolean(),
                () -> audit,
                () -> failure,
                Optional.of(new Probes.Metrics(format -> "sold_total 1\n# " + format + "\n", metricsOpen)),
                Optional.of(live));
        server = RestServer.start(
                fakes.useCases(),
                probes,
                () -> now,
                () -> ChronoUnit.NANOS.between(Instant.EPOCH, now),
                (method, route) -> (status, nanos) -> answered.add(method + " " + route + " " + status),
                settings);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.close();
        client.shutdownNow();
    }

    int port() {
        return server.port();
    }

    List<PlaceUse> places() {
        return server.places();
    }

    PlaceUse streams() {
        return server.streams();
    }

    Service metricsOpen() {
        metricsOpen = true;
        return this;
    }

    void close() {
        server.close();
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/json");
    }

    Answer send(String method, String path, String body, String... headers) {
        return send(request(method, path, body, headers), body);
    }

    Answer send(HttpRequest request) {
        return send(request, null);
    }

    private Answer send(HttpRequest request, String body) {
        try {
            Answer answer = Answer.of(client.send(request, BodyHandlers.ofString()));
            Contract.PUBLISHED.check(request, body, answer);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** An answer, and its body read as JSON if there is one. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.body(), response.headers());
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }
}
