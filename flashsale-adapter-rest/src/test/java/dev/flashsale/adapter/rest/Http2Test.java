package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of HTTP/2, where it is spoken: docs/proxies.md says what is not. */
@Timeout(60)
class Http2Test {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final HttpClient client = HttpClient.newHttpClient();
    private Service service;

    @AfterEach
    void stop() {
        service.afterEach(null);
        client.close();
    }

    @Test
    void a_client_that_wants_it_is_upgraded_to_it() throws Exception {
        serve(TestSettings.builder().http2(true));
        service.fakes.viewHold = id -> Optional.empty();

        HttpResponse<String> first = get("/health/live");
        HttpResponse<String> missing = get("/api/holds/" + Fakes.HOLD_ID);
        HttpResponse<String> refused = post("/api/holds", "{}");
        HttpResponse<String> unread = post("/nowhere", "{}");
        HttpResponse<String> head = client.send(service.request("HEAD", "/health/live", null), BodyHandlers.ofString());

        assertThat(List.of(first, missing, refused, unread, head))
                .allMatch(answer -> answer.version() == Version.HTTP_2)
                .noneMatch(answer -> answer.headers().firstValue("connection").isPresent())
                .extracting(HttpResponse::statusCode)
                .containsExactly(200, 404, 422, 404, 200);
        assertThat(refused.body()).contains("invalid_field");
        assertThat(head.headers().firstValue("content-length")).contains("15");
    }

    @Test
    void unless_it_is_set_it_is_not_spoken() throws Exception {
        serve(TestSettings.builder());

        assertThat(get("/health/live").version()).isEqualTo(Version.HTTP_1_1);
        try (Frames frames = new Frames(service.port())) {
            assertThat(new String(frames.rest(), US_ASCII)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void a_connection_without_a_request_is_closed() throws Exception {
        serve(TestSettings.builder().http2(true).idleTimeout(SHORT));

        try (Frames frames = new Frames(service.port())) {
            assertThat(frames.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_body_that_does_not_arrive_is_given_up() throws Exception {
        serve(TestSettings.builder().http2(true).readTimeout(SHORT).drainTimeout(SHORT));

        try (Frames frames = new Frames(service.port())) {
            frames.send(HEADERS, END_HEADERS, 1, Frames.postHold(5));
            frames.send(DATA, 0, 1, "{\"".getBytes(US_ASCII));

            assertThat(frames.isClosedByServer()).isTrue();
            assertThat(service.fakes.calls).hasValue(0);
        }
    }

    @Test
    void so_many_requests_at_once_and_no_more_are_allowed_on_a_connection() throws Exception {
        serve(TestSettings.builder().http2(true));

        try (Frames frames = new Frames(service.port())) {
            byte[] settings = frames.next(SETTINGS);
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < settings.length; i += 6) {
                pairs.add(settings[i + 1] + "=" + Frames.number(settings, i + 2, 4));
            }
            assertThat(pairs).contains("3=128");
        }
    }

    @Test
    void whoever_takes_back_what_he_asks_for_is_shown_out() throws Exception {
        serve(TestSettings.builder().http2(true));
        CountDownLatch goOn = new CountDownLatch(1);
        service.fakes.viewHold = id -> {
            FailureTest.await(goOn);
            return Optional.empty();
        };

        try (Frames frames = new Frames(service.port())) {
            for (int stream = 1; stream < 110; stream += 2) {
                frames.send(HEADERS, END_HEADERS | END_STREAM, stream, Frames.get("/api/holds/" + Fakes.HOLD_ID));
                frames.send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }
            // ENHANCE_YOUR_CALM
            assertThat(Frames.number(frames.next(GO_AWAY), 4, 4)).isEqualTo(11);
        } finally {
            goOn.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/products/%ZZ", "/a?hold_id=%ZZ", "/api/products/1 2", "nowhere", "/\u0001"})
    void a_malformed_path_ends_no_request_but_its_own(String path) throws Exception {
        serve(TestSettings.builder().http2(true));

        try (Frames frames = new Frames(service.port())) {
            frames.send(HEADERS, END_HEADERS | END_STREAM, 1, Frames.get(path));
            String refusal = new String(frames.next(DATA), US_ASCII);
            frames.send(HEADERS, END_HEADERS | END_STREAM, 3, Frames.get("/health/live"));

            assertThat(refusal).containsPattern("not_found|unknown_product|internal_error");
            assertThat(new String(frames.next(DATA), US_ASCII)).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void closing_answers_the_request_in_flight() throws Exception {
        serve(TestSettings.builder().http2(true));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        service.fakes.viewHold = id -> {
            inside.countDown();
            FailureTest.await(goOn);
            return Optional.empty();
        };
        assertThat(get("/health/live").version()).isEqualTo(Version.HTTP_2);
        CompletableFuture<HttpResponse<String>> inFlight =
                client.sendAsync(service.request("GET", "/api/holds/" + Fakes.HOLD_ID, null), BodyHandlers.ofString());
        FailureTest.await(inside);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
        Thread.sleep(SHORT.toMillis());
        assertThat(closing).isNotDone();
        goOn.countDown();

        assertThat(inFlight.get().statusCode()).isEqualTo(404);
        assertThat(inFlight.get().version()).isEqualTo(Version.HTTP_2);
        closing.get();
    }

    private void serve(RestSettings.Builder settings) {
        service = new Service(settings.build());
        service.beforeEach(null);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(service.request("GET", path, null), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** A client that knows that HTTP/2 is spoken, and sends what it likes. */
    private static final class Frames implements AutoCloseable {

        private final Socket socket;

        Frames(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(PREFACE.getBytes(US_ASCII));
            send(SETTINGS, 0, 0, new byte[0]);
        }

        /** Headers by their numbers in HPACK's table, without compression. */
        static byte[] postHold(int length) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86});
            literal(block, 4, "/api/holds");
            literal(block, 1, "localhost");
            literal(block, 31, "application/json");
            literal(block, 28, "" + length);
            return block.toByteArray();
        }

        static byte[] get(String path) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86});
            literal(block, 4, path);
            literal(block, 1, "localhost");
            return block.toByteArray();
        }

        private static void literal(ByteArrayOutputStream block, int name, String value) {
            if (name < 15) {
                block.write(name);
            } else {
                block.write(15);
                block.write(name - 15);
            }
            block.write(value.length());
            block.writeBytes(value.getBytes(US_ASCII));
        }

        void send(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.writeBytes(new byte[] {
                (byte) (payload.length >> 16),
                (byte) (payload.length >> 8),
                (byte) payload.length,
                (byte) type,
                (byte) flags,
                0,
                0,
                (byte) (stream >> 8),
                (byte) stream
            });
            frame.writeBytes(payload);
            socket.getOutputStream().write(frame.toByteArray());
        }

        /** The next frame of that type. */
        byte[] next(int type) throws IOException {
            while (true) {
                byte[] head = socket.getInputStream().readNBytes(9);
                assertThat(head).as("a frame of the type " + type).hasSize(9);
                byte[] payload = socket.getInputStream().readNBytes(number(head, 0, 3));
                if (head[3] == type) {
                    return payload;
                }
            }
        }

        static int number(byte[] bytes, int from, int length) {
            int number = 0;
            for (int i = from; i < from + length; i++) {
                number = number << 8 | bytes[i] & 0xff;
            }
            return number;
        }

        byte[] rest() throws IOException {
            return socket.getInputStream().readAllBytes();
        }

        boolean isClosedByServer() throws IOException {
            return rest() != null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
