package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Of a host that serves the HTTP API: a buyer who comes that way gets what the host itself has put on sale. */
public final class OverHttp {

    private OverHttp() {}

    /** Fails unless the one piece is held, and then no other. */
    public static void buy(Flashsale flashsale, int port) throws IOException, InterruptedException {
        ProductId product = new ProductId(1);
        Object unused = flashsale.products().put(new Product(product, "Console", Money.of("499.00", "EUR")), 1);
        try (HttpClient client = HttpClient.newHttpClient()) {
            require(hold(client, port) == 201 && hold(client, port) == 409, "one hold and no second one");
        }
        require(
                flashsale.products().view(product).orElseThrow().stock().available() == 0,
                "nothing left of product " + product);
    }

    private static int hold(HttpClient client, int port) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/holds"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"product_id\":1,\"quantity\":1}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalStateException("expected " + expected);
        }
    }
}
