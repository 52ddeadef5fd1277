package dev.flashsale.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.rest.ContractProxy;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that has sold something, as Prometheus sees it. */
@Timeout(120)
class ScrapeTest {

    private static final ProductId PRODUCT = new ProductId(1);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void what_was_sold_can_be_scraped_and_books_that_do_not_add_up_are_shown() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        List<String> settings = List.of(
                "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--flashsale.database.username=" + database.username(),
                "--flashsale.database.password=" + database.password(),
                "--flashsale.webhook.unsigned=accept",
                "--flashsale.audit.interval=100ms",
                "--flashsale.metrics.access=open",
                "--flashsale.http.host=127.0.0.1",
                "--flashsale.http.port=0");
        try (RunningFlashsale server = RunningFlashsale.withServer(Purpose.SERVE, settings);
                ContractProxy proxy = ContractProxy.before(server.port());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThat(server.flashsale().products().put(Examples.product(PRODUCT), 1))
                    .isNotNull();
            assertThat(hold(proxy.port()).statusCode()).isEqualTo(201);
            assertThat(hold(proxy.port()).statusCode()).isEqualTo(409);

            String metrics = await(proxy.port(), "/metrics", "flashsale_audit_violations 0.0");
            statement.execute("update flashsale_stock set total = 2");

            assertThat(metrics)
                    .contains("flashsale_requests_total{kind=\"hold\",outcome=\"placed\"} 1.0")
                    .contains("flashsale_requests_total{kind=\"hold\",outcome=\"all_held\"} 1.0")
                    .contains("flashsale_batch_seconds_count{kind=\"hold\"} 2")
                    .contains("flashsale_batch_seconds_bucket{kind=\"hold\",le=\"0.25\"}")
                    .contains("flashsale_batch_size_sum{kind=\"hold\"} 2.0")
                    .contains("flashsale_batch_busy_total{kind=\"payment\",trouble=\"storage\"} 0.0")
                    .contains("flashsale_transaction_retries_total 0.0")
                    .contains("flashsale_expired_total{what=\"orders\"} 0.0")
                    .contains("flashsale_http_places_in_use{places=\"holds\"} 0.0")
                    .contains("flashsale_http_places{places=\"all\"} 1024.0")
                    .contains("flashsale_http_refused_total{places=\"reads\"} 0.0")
                    .contains("flashsale_audit_last_success_timestamp_seconds")
                    .contains("hikaricp_connections_active{pool=\"flashsale\"}")
                    .contains("jvm_memory_used_bytes{");
            assertThat(await(proxy.port(), "/health", "\"violations\":1")).startsWith("{\"status\":\"degraded\"");
            assertThat(get(proxy.port(), "/metrics").body())
                    .contains("flashsale_audit_violations 1.0")
                    .contains(
                            "flashsale_http_requests_seconds_count{method=\"POST\",route=\"/api/holds\",status=\"2xx\"} 1")
                    .contains(
                            "flashsale_http_requests_seconds_count{method=\"POST\",route=\"/api/holds\",status=\"4xx\"} 1");
            assertThat(get(proxy.port(), "/health/ready").statusCode()).isEqualTo(200);
            String openMetrics = openMetrics(proxy.port());
            assertThat(openMetrics)
                    .containsPattern(
                            "flashsale_http_requests_seconds_bucket\\{method=\"POST\",route=\"/api/holds\".*# \\{span_id=\""
                                    + SPAN + "\",trace_id=\"" + TRACE + "\"}")
                    .containsPattern("flashsale_batch_seconds_bucket\\{kind=\"hold\".*trace_id=\"" + TRACE + "\"")
                    .endsWith("# EOF\n");
            assertThat(get(proxy.port(), "/metrics").body()).doesNotContain(TRACE);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpResponse<String> hold(int port) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/holds"))
                        .header("Content-Type", "application/json")
                        .header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                        .POST(BodyPublishers.ofString("{\"product_id\":1,\"quantity\":1}"))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The first answer that contains it. */
    private String await(int port, String path, String expected) throws Exception {
        String body = get(port, path).body();
        while (!body.contains(expected)) {
            Thread.sleep(50);
            body = get(port, path).body();
        }
        return body;
    }

    private String openMetrics(int port) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .header("Accept", "application/openmetrics-text")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
