package dev.flashsale.adapter.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flashsale.adapter.rest.Service.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Stands before a server, for tests that start one of their own, and holds what passes to openapi.yaml as {@link Contract}
 * does. Passes everything on; what was wrong fails {@link #close}.
 */
public final class ContractProxy implements AutoCloseable {

    private static final int BACKLOG = 1000;
    private static final int TOLD_AT_MOST = 5;

    /** Of the connection, or what Java's client adds by itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "date",
            "host",
            "http2-settings",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Contract contract;
    private final String target;
    private final HttpServer server;

    ContractProxy(int port, Contract contract) {
        this.contract = contract;
        this.target = "http://127.0.0.1:" + port;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** Before the server on that port of this machine. */
    public static ContractProxy before(int port) {
        return new ContractProxy(port, Contract.PUBLISHED);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Fails if anything that passed is not as openapi.yaml says. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
        if (!faults.isEmpty()) {
            throw new AssertionError(faults.stream()
                    .limit(TOLD_AT_MOST)
                    .collect(Collectors.joining("\n\n", faults.size() + " faults:\n", "")));
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            HttpRequest request = request(exchange, body);
            if (request.uri().getPath().endsWith("/stream")) {
                stream(exchange, request);
                return;
            }
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            check(request, body, response);
            answer(exchange, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As it comes, unlooked at, until one of the two leaves. */
    private void stream(HttpExchange exchange, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            headers(exchange, response);
            exchange.sendResponseHeaders(response.statusCode(), 0);
            byte[] some = new byte[8192];
            for (int read = body.read(some); read >= 0; read = body.read(some)) {
                exchange.getResponseBody().write(some, 0, read);
                exchange.getResponseBody().flush();
            }
        }
    }

    private HttpRequest request(HttpExchange exchange, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()));
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.stream()
                        .filter(value -> isPassedOn(name))
                        .forEach(value -> request.header(name, value)));
        return request.method(
                        exchange.getRequestMethod(),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private void check(HttpRequest request, String body, HttpResponse<byte[]> response) {
        Answer answer = new Answer(
                response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response.headers());
        try {
            contract.check(request, body.isEmpty() ? null : body, answer);
        } catch (AssertionError | RuntimeException fault) {
            faults.add(String.valueOf(fault.getMessage()));
        }
    }

    private static void headers(HttpExchange exchange, HttpResponse<?> response) {
        response.headers()
                .map()
                .forEach((name, values) -> values.stream()
                        .filter(value -> isPassedOn(name))
                        .forEach(value -> exchange.getResponseHeaders().add(name, value)));
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        headers(exchange, response);
        if (response.body().length == 0) {
            exchange.sendResponseHeaders(response.statusCode(), -1);
        } else {
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }

    private static boolean isPassedOn(String header) {
        return NOT_PASSED_ON.stream().noneMatch(header::equalsIgnoreCase);
    }
}
