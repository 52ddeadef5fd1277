package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain proxies, health checks and old tools speak. */
class Http10Test {

    private static final String LIVE = "GET /health/live HTTP/1.0\r\n";
    private static final String POST = "POST /api/holds HTTP/1.0\r\nContent-Type: application/json\r\n";
    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    private final Service service = new Service();

    /** Whoever speaks it waits for the end of the connection, which must not keep him. */
    @ParameterizedTest
    @Timeout(1)
    @ValueSource(
            strings = {
                "\r\n",
                "Host: shop.example\r\n\r\n",
                "Connection: close\r\n\r\n",
                "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n",
                "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
            })
    void it_is_answered_and_closed(String headers) throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String answer = client.send(LIVE + headers).answer();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("Connection: close", "Content-Length: 15")
                    .endsWith("{\"status\":\"up\"}");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_body_is_read_and_nobody_is_told_to_go_on() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(client.answer()).startsWith("HTTP/1.1 422 ").contains("Connection: close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void it_may_arrive_byte_by_byte() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            for (char next : (POST + "Content-Length: 2\r\n\r\n{}").toCharArray()) {
                client.send(String.valueOf(next));
            }

            assertThat(client.answer()).startsWith("HTTP/1.1 422 ");
        }
    }

    @Test
    void what_follows_it_on_the_wire_is_no_request() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send(LIVE + "\r\n" + LIVE + "\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK");
            assertThat(client.answer()).isEmpty();
        }
    }

    @Test
    void what_it_does_not_know_is_refused() throws IOException {
        assertThat(raw(POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(raw(LIVE + "no colon\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw(LIVE + "X: y\n\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw(LIVE + "Host: one\r\nHost: two\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw(LIVE + "X: " + "x".repeat(12_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 414 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/3.0", "HTTP/1.0garbage", "http/1.0", "HTTP/1.00"})
    void no_other_version_is_taken_for_it(String version) throws IOException {
        assertThat(raw("GET /health/live " + version + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"malformed_request\"");
    }

    @Test
    @Timeout(10)
    void one_that_does_not_arrive_is_given_up() throws IOException {
        Service impatient =
                new Service(TestSettings.builder().readTimeout(SHORT).build());
        impatient.beforeEach(null);
        try (RawClient client = new RawClient(impatient.port())) {
            client.send(LIVE + "X: ");

            assertThat(client.isClosedByServer()).isTrue();
        } finally {
            impatient.afterEach(null);
        }
    }

    /** A client that speaks HTTP/1.1 keeps to it. */
    @Test
    void it_is_refused_on_a_connection_that_began_in_http_1_1() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + LIVE + "\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK");
            assertThat(client.answer()).startsWith("HTTP/1.1 505 ").contains("\"code\":\"http_version_not_supported\"");
        }
    }

    private String raw(String request) throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            return client.send(request).answer();
        }
    }
}
