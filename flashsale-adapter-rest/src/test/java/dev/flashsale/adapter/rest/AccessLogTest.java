package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class AccessLogTest {

    private static final Path LOG = Path.of("target", "tests.log");

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .accessLog(true)
            .limits(new LimitSettings(null, null, List.of("127.0.0.1"), ForwardedHeader.X_FORWARDED_FOR))
            .build());

    @RegisterExtension
    private final Service silent = new Service();

    @Test
    void each_answer_has_a_line_with_the_client_that_the_proxy_names_and_without_the_query() throws Exception {
        String path = "/" + UUID.randomUUID();

        int length = service.get(path + "?hold_id=secret", "X-Forwarded-For", "203.0.113.9")
                .body()
                .length();
        service.send("HEAD", "/health/live", null);

        assertThat(written(path))
                .singleElement()
                .asString()
                .contains("203.0.113.9 \"GET " + path + "\" 404 " + length + " B ")
                .endsWith(" us")
                .contains("http.response.status_code=404")
                .doesNotContain("secret");
        assertThat(written("127.0.0.1 \"HEAD /health/live\" 200 0 B ")).isNotEmpty();
    }

    @Test
    void a_stream_has_its_line_when_it_is_over() throws Exception {
        ProductId id = new ProductId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        service.fakes.viewProduct = asked -> Optional.of(
                new ProductView(new Product(id, "x", Money.of("1", "EUR")), Stock.untouched(id, 1), SaleState.OPEN));
        String path = "/api/products/" + id + "/stream";
        try (EventStream stream = EventStream.open(service, path)) {
            assertThat(stream.product().data()).isNotEmpty();
            assertThat(lines(path)).isEmpty();
        }

        assertThat(written(path)).singleElement().asString().contains("\"GET " + path + "\" 200 ");
    }

    @Test
    void a_customer_who_is_to_be_forgotten_is_not_named() throws Exception {
        String customer = UUID.randomUUID().toString();

        service.send("DELETE", "/api/customers/" + customer, null);

        assertThat(written("127.0.0.1 \"DELETE /api/customers/…\" 401 ")).isNotEmpty();
        assertThat(lines(customer)).isEmpty();
    }

    @Test
    void without_it_there_is_none() throws Exception {
        String path = "/" + UUID.randomUUID();

        assertThat(silent.get(path).status()).isEqualTo(404);

        assertThat(lines(path)).isEmpty();
    }

    /** A client can write nothing there that would be taken for a line of its own, or do something to a terminal. */
    @Test
    void a_path_with_control_characters_is_no_http() throws Exception {
        try (RawClient client = new RawClient(service.port())) {
            assertThat(client.send("GET /\u001b[31m HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    /** The client may read its answer before the line is there. */
    private static List<String> written(String text) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> lines = lines(text);
        while (lines.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(20);
            lines = lines(text);
        }
        return lines;
    }

    private static List<String> lines(String path) throws IOException {
        return Files.readAllLines(LOG).stream()
                .filter(line -> line.contains(path))
                .toList();
    }
}
