package dev.flashsale.app.cli;

import dev.flashsale.app.server.FirstProduct;
import dev.flashsale.app.settings.Setting;
import java.util.List;

/** What to try once the server runs: lines that work in a shell as they are, the whole way of a purchase. */
final class Welcome {

    private Welcome() {}

    /** @param verifiesWebhooks else anybody is believed, the lines that are shown included */
    static List<String> lines(int port, String database, boolean verifiesWebhooks) {
        String url = "http://localhost:" + port;
        String json = " -H 'Content-Type: application/json' -d ";
        String pay = "  curl -s " + url + "/api/payments/webhook" + json
                + "\"{\\\"order_id\\\":$order,\\\"status\\\":\\\"success\\\",\\\"transaction_id\\\":\\\"try-$hold\\\"}\"; echo";
        return List.of(
                "",
                "Flashsale serves on " + url,
                "Database: " + database,
                verifiesWebhooks
                        ? "Webhooks are verified."
                        : "Webhooks are not verified, anybody can report a payment: set "
                                + Setting.WEBHOOK_SECRET.environmentVariable() + " for more than a try.",
                "",
                "Try it, in another terminal:",
                "",
                "  curl -s " + url + "/api/products/" + FirstProduct.ID + "; echo",
                "  hold=$(curl -s " + url + "/api/holds" + json + "'{\"product_id\":" + FirstProduct.ID
                        + ",\"quantity\":1}' | sed 's/.*\"hold_id\":\"\\([^\"]*\\)\".*/\\1/'); echo \"$hold\"",
                "  order=$(curl -s " + url + "/api/orders" + json
                        + "\"{\\\"hold_id\\\":\\\"$hold\\\"}\" | sed 's/.*\"order_id\":\\([0-9]*\\).*/\\1/'); echo \"$order\"",
                verifiesWebhooks
                        ? "  # the payment gateway reports the payment; docs/webhooks.md does it with curl"
                        : pay,
                "  curl -s \"" + url + "/api/orders/$order?hold_id=$hold\"; echo",
                "",
                "More to sell: seed --product-id 2 --stock 100 --name Shirt. Does it add up: audit. Ctrl-C stops it.",
                "");
    }
}
