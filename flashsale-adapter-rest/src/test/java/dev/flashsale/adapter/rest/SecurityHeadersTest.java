package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHeadersTest {

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @CsvSource({
        "GET /health/live, 200",
        "HEAD /health/live, 200",
        "OPTIONS /api/holds, 204",
        "PUT /api/holds, 405",
        "GET /api/holds/1, 404",
        "GET /api/products/1, 500",
        "GET /nowhere, 404",
        "GET /a b, 400",
        "BREW, 400"
    })
    void every_answer_has_each_of_them_once(String request, int status) throws IOException {
        service.fakes.viewHold = id -> Optional.empty();
        try (RawClient client = new RawClient(service.port())) {
            String answer = client.send(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .containsOnlyOnce("x-content-type-options: nosniff\r\n")
                    .containsOnlyOnce("content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n")
                    .containsOnlyOnce("referrer-policy: no-referrer\r\n");
        }
    }
}
