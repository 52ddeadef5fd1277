package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

    private static final byte[] TEN_MEGABYTES = new byte[10 * 1024 * 1024];
    private static final String HOST = "Host: localhost\r\n";
    private static final String POST = "POST /api/holds HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_over_the_limit_is_refused(boolean lengthIsKnown) {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/api/holds"))
                .header("Content-Type", "application/json")
                .POST(
                        lengthIsKnown
                                ? BodyPublishers.ofByteArray(TEN_MEGABYTES)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TEN_MEGABYTES)))
                .build();

        Problems.assertProblem(service.send(request), 413, "body_too_large", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void the_largest_body_in_the_smallest_chunks_is_read() throws IOException {
        StringBuilder chunks = new StringBuilder("2\r\n{}\r\n");
        for (int i = 2; i < 16 * 1024; i++) {
            chunks.append("1\r\n \r\n");
        }

        assertThat(raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n"))
                .contains("invalid_field")
                .startsWith("HTTP/1.1 422 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /health/live\r\n\r\n",
                "GET /health/live HTTP/9.9\r\n" + HOST + "\r\n",
                "GET  /health/live HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /api/products/%ZZ HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /api/products/% HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /api/products/\u0001 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /api/orders/1?hold_id=%ZZ HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /health/live HTTP/1.1\n" + HOST + "\r\n",
                "GET /health/live HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n" + HOST + "Host: two\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "{\"product_id\":1}\r\n\r\n",
                POST + "Content-Length: x\r\n\r\n",
                POST + "Content-Length: -1\r\n\r\n",
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX\r\n",
                "POST /nowhere HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nx\r\n"
            })
    void what_is_no_http_is_refused(String request) throws IOException {
        String answer = raw(request);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("content-type: application/problem+json");
        assertThat(answer).contains("\"code\":\"malformed_request\"");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void what_follows_a_refused_request_on_the_wire_is_no_request() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\nx\r\nGET /health/live HTTP/1.1\r\n" + HOST + "\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 400 ");
            assertThat(client.answer()).isEmpty();
        }
    }

    @Test
    void a_client_that_waits_to_be_told_to_go_on_is_told_so_only_if_its_body_is_wanted() throws IOException {
        String expecting = "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        try (RawClient wanted = new RawClient(service.port());
                RawClient unwanted = new RawClient(service.port())) {
            assertThat(wanted.send(POST + expecting).answer()).startsWith("HTTP/1.1 100 ");
            assertThat(wanted.send("{}").answer()).startsWith("HTTP/1.1 422 ");

            String refused = unwanted.send("POST /nowhere HTTP/1.1\r\n" + HOST + expecting)
                    .answer();
            assertThat(refused).startsWith("HTTP/1.1 404 ").contains("Connection: close");
            assertThat(unwanted.send("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n")
                            .answer())
                    .isEmpty();
        }
    }

    @Test
    void too_long_a_head_is_refused() throws IOException {
        assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"code\":\"uri_too_long\"");
        assertThat(raw("GET /health/live HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(12_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers_too_large\"");
    }

    @Test
    void a_compressed_body_is_refused_with_what_is_taken() throws IOException {
        assertThat(raw(POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415 ")
                .contains("\"code\":\"unsupported_content_encoding\"", "Accept-Encoding: identity");
        assertThat(raw(POST + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 422 ");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void answers_name_no_server_and_requests_may_follow_one_another() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String live = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";

            String first = client.send(live).answer();
            String pipelined = client.send(live + live).answer() + client.answer();

            assertThat(first).startsWith("HTTP/1.1 200 OK").endsWith("{\"status\":\"up\"}");
            assertThat(first.toLowerCase(java.util.Locale.ROOT)).doesNotContain("server:", "helidon");
            assertThat(pipelined.split("\"up\"", -1)).hasSize(3);
        }
    }

    @Test
    void a_client_that_says_close_is_answered_and_closed() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send("GET /health/live HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void every_path_says_what_it_takes_and_so_does_the_server() throws IOException {
        assertThat(raw("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 204 ")
                .contains("Allow: GET, HEAD, POST, PATCH, DELETE, OPTIONS");
        assertThat(raw("OPTIONS /api/products/1 HTTP/1.1\r\n" + HOST + "\r\n"))
                .contains("Allow: GET, HEAD, PATCH, OPTIONS");
        assertThat(raw("PUT /api/products/1 HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD, PATCH, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS /api/holds", "GET /openapi.yaml", "HEAD /openapi.yaml", "GET /health/live"})
    void a_body_that_no_route_reads_is_taken_off_the_wire_whatever_the_status(String line) throws IOException {
        String known = "If-None-Match: *\r\n";
        try (RawClient client = new RawClient(service.port())) {
            client.send(line + " HTTP/1.1\r\n" + HOST + known + "Content-Length: 2\r\n\r\n{}");
            assertThat(client.answer())
                    .containsPattern("^HTTP/1.1 (200|204|304) ")
                    .doesNotContain("Connection: close");

            client.send("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS /api/holds", "GET /openapi.yaml", "HEAD /openapi.yaml", "GET /health/live"})
    void after_a_body_that_nobody_asked_for_nothing_follows_whatever_the_status(String line) throws IOException {
        String expecting = "If-None-Match: *\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        try (RawClient client = new RawClient(service.port())) {
            String answer =
                    client.send(line + " HTTP/1.1\r\n" + HOST + expecting).answer();

            assertThat(answer).containsPattern("^HTTP/1.1 (200|204|304) ").contains("Connection: close");
            assertThat(client.send("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n")
                            .answer())
                    .isEmpty();
        }
    }

    private String raw(String request) throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            return client.send(request).answer();
        }
    }
}
