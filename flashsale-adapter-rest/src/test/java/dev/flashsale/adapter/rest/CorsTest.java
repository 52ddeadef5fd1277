package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.Service.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    private static final String SHOP = "https://shop.example";
    private static final String END = "Connection: close\r\n\r\n";

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .corsOrigins(List.of(SHOP, "http://localhost:5173"))
            .build());

    @ParameterizedTest
    @CsvSource({
        "/api/products/1, 'GET, HEAD, PATCH, OPTIONS'",
        "/api/holds, 'GET, HEAD, POST, OPTIONS'",
        "/api/orders, 'GET, HEAD, POST, OPTIONS'",
        "/api/holds/1, 'GET, HEAD, DELETE, PATCH, OPTIONS'"
    })
    void a_browser_that_asks_is_told_what_the_path_takes_and_may_keep_it(String path, String methods)
            throws IOException {
        assertThat(raw("OPTIONS " + path, SHOP, "Access-Control-Request-Method: POST\r\n"))
                .startsWith("HTTP/1.1 204 ")
                .contains("Access-Control-Allow-Origin: " + SHOP + "\r\n")
                .contains("Access-Control-Allow-Methods: " + methods + "\r\n")
                .contains(
                        "Access-Control-Allow-Headers: authorization, content-type, idempotency-key, if-none-match, last-event-id\r\n")
                .contains("Access-Control-Max-Age: 7200\r\n")
                .contains("Vary: Origin\r\n")
                .doesNotContain("Allow-Credentials");
    }

    @Test
    void answers_and_refusals_of_every_kind_can_be_read() throws IOException {
        service.fakes.viewHold = id -> Optional.empty();

        for (String request :
                List.of("GET /health/live", "GET /api/holds/1", "GET /nowhere", "PUT /api/holds", "GET /api/orders")) {
            assertThat(raw(request, SHOP, ""))
                    .contains("Access-Control-Allow-Origin: " + SHOP + "\r\n")
                    .contains("Access-Control-Expose-Headers: ETag, Idempotency-Key, Idempotent-Replayed, Location, ")
                    .contains("Vary: Origin\r\n");
        }
        assertThat(raw("POST /api/holds", SHOP, "Content-Encoding: gzip\r\nContent-Length: 2\r\n"))
                .startsWith("HTTP/1.1 415 ")
                .contains("Access-Control-Allow-Origin: " + SHOP + "\r\n");
        assertThat(raw("POST /api/holds", SHOP, "Content-Length: 999999\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("Access-Control-Allow-Origin: " + SHOP + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example"})
    void others_get_nothing_that_lets_them_read(String origin) throws IOException {
        assertThat(raw("GET /health/live", origin, ""))
                .doesNotContain("Access-Control")
                .contains("Vary: Origin\r\n");
        assertThat(raw("OPTIONS /api/holds", origin, "Access-Control-Request-Method: POST\r\n"))
                .startsWith("HTTP/1.1 204 ")
                .doesNotContain("Access-Control");
    }

    @Test
    void whoever_names_no_origin_is_no_page_of_another() throws IOException {
        Answer answer = service.get("/health/live");

        assertThat(answer.header("access-control-allow-origin")).isNull();
        assertThat(answer.header("vary")).isEqualTo("Origin");
    }

    @Test
    void what_is_compressed_varies_with_both() throws IOException {
        assertThat(raw("HEAD /openapi.yaml", SHOP, "Accept-Encoding: gzip\r\n"))
                .containsPattern("Vary: Origin(, ?|\r\nVary: )Accept-Encoding\r\n");
    }

    @Test
    void a_star_is_for_every_origin_and_for_caches() throws IOException {
        Service open =
                new Service(TestSettings.builder().corsOrigins(List.of("*")).build());
        open.beforeEach(null);
        try {
            Answer answer = open.get("/health/live");

            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.header("vary")).isNull();
        } finally {
            open.afterEach(null);
        }
    }

    @Test
    void without_origins_nothing_is_added() throws IOException {
        Service plain = new Service();
        plain.beforeEach(null);
        try {
            assertThat(raw(plain.port(), "OPTIONS /api/holds", SHOP, "Access-Control-Request-Method: POST\r\n"))
                    .startsWith("HTTP/1.1 204 ")
                    .doesNotContain("Access-Control", "Vary");
        } finally {
            plain.afterEach(null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "https://shop.example/",
                "https://Shop.example",
                "https://shop.example:443",
                "http://shop.example:80",
                "https://shop.example/cart",
                "https://*.shop.example",
                "null",
                "",
                "https://user@shop.example",
                "https://shop.example?x",
                "*,https://shop.example"
            })
    void what_no_browser_sends_is_refused_at_the_start(String origins) {
        assertThatThrownBy(() -> TestSettings.builder()
                        .corsOrigins(List.of(origins.split(",", -1)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cors origins must be origins");
    }

    private String raw(String request, String origin, String headers) throws IOException {
        return raw(service.port(), request, origin, headers);
    }

    /** All that is sent, without a look at openapi.yaml, which has no preflights. */
    private static String raw(int port, String request, String origin, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nOrigin: "
                                    + origin + "\r\n" + headers + END)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
