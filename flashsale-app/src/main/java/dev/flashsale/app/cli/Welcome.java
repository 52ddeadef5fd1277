package dev.flashsale.app.cli;

import dev.flashsale.app.server.FirstProduct;
import java.util.List;

/** What to try once the server runs: lines that work in a shell as they are, the whole way of a purchase. */
final class Welcome {

    private Welcome() {}

    static List<String> lines(int port, String database) {
        String url = "http://localhost:" + port;
        String json = " -H 'Content-Type: application/json' -d ";
        return List.of(
                "",
                "Flashsale serves on " + url,
                "Database: " + database,
                "",
                "Try it, in another terminal:",
                "",
                "  curl -s " + url + "/api/products/" + FirstProduct.ID + "; echo",
                "  hold=$(curl -s " + url + "/api/holds" + json + "'{\"product_id\":" + FirstProduct.ID
                        + ",\"quantity\":1}' | sed 's/.*\"hold_id\":\"\\([^\"]*\\)\".*/\\1/'); echo \"$hold\"",
                "  order=$(curl -s " + url + "/api/orders" + json
                        + "\"{\\\"hold_id\\\":\\\"$hold\\\"}\" | sed 's/.*\"order_id\":\\([0-9]*\\).*/\\1/'); echo \"$order\"",
                "  curl -s " + url + "/api/payments/webhook" + json
                        + "\"{\\\"order_id\\\":$order,\\\"status\\\":\\\"success\\\",\\\"transaction_id\\\":\\\"try-$hold\\\"}\"; echo",
                "  curl -s \"" + url + "/api/orders/$order?hold_id=$hold\"; echo",
                "",
                "More to sell: seed --product-id 2 --stock 100 --name Shirt. Does it add up: audit. Ctrl-C stops it.",
                "");
    }
}
