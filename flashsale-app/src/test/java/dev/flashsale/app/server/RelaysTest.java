package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.order.OrderOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that somebody has asked to send events to a URL. */
@Timeout(120)
class RelaysTest {

    private static final String TOKEN = "operator";

    private record Received(String id, String signature, String body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    @Test
    void what_becomes_of_orders_is_sent_signed_and_counted() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        List<String> settings = List.of(
                "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--flashsale.database.username=" + database.username(),
                "--flashsale.database.password=" + database.password(),
                "--flashsale.webhook.unsigned=accept",
                "--flashsale.delivery.allow-private=on",
                "--flashsale.operator.token=" + TOKEN,
                "--flashsale.http.host=127.0.0.1",
                "--flashsale.http.port=0");
        HttpServer shop = receiver();
        try (RunningFlashsale server = RunningFlashsale.withServer(Purpose.SERVE, settings);
                HttpClient client = HttpClient.newHttpClient()) {
            String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/hook";
            HttpResponse<String> made = client.send(
                    asOperator(server, "/api/webhook-endpoints")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"url\":\"" + url + "\",\"kinds\":[\"order.*\"]}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            while (server.flashsale().events().kept().isEmpty()) {
                Thread.onSpinWait();
            }
            Given given = Given.in(server.flashsale());
            assertThat(server.flashsale().orders().place(given.held(given.productOnSale(1), 1)))
                    .isInstanceOf(OrderOutcome.Placed.class);

            Received first = received.take();
            assertThat(first.body()).contains("\"type\":\"dev.flashsale.order.placed\"", "\"id\":\"" + first.id());
            assertThat(first.signature()).startsWith("v1,");
            while (!get(client, server, "/metrics").contains("flashsale_deliveries_total{outcome=\"delivered\"} 1.0")) {
                Thread.onSpinWait();
            }
            while (!get(client, server, "/api/webhook-endpoints/1/deliveries").contains("\"status\":\"delivered\"")) {
                Thread.onSpinWait();
            }
            assertThat(received.poll(0, TimeUnit.SECONDS)).isNull();
        } finally {
            shop.stop(0);
        }
    }

    private HttpServer receiver() throws IOException {
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/hook", exchange -> {
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        shop.start();
        return shop;
    }

    private static HttpRequest.Builder asOperator(RunningFlashsale server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private static String get(HttpClient client, RunningFlashsale server, String path) throws Exception {
        return client.send(asOperator(server, path).build(), BodyHandlers.ofString())
                .body();
    }
}
