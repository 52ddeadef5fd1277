package dev.flashsale.app.cli;

import dev.flashsale.app.server.FirstProduct;
import dev.flashsale.app.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to try once the server runs: lines that work in a shell as they are, in their order, the whole way of a purchase.
 *
 * @param url of the server
 * @param verifiesWebhooks else anybody is believed, the lines that are shown included
 * @param token of an operator, where the server made one
 * @param program how to start this program for the same database
 */
record Welcome(String url, String database, boolean verifiesWebhooks, Optional<String> token, Program program) {

    private static final String JSON = " -H 'Content-Type: application/json' -d ";

    /**
     * As words of a shell: how it is started, and the flags with which it finds the same database.
     *
     * @param inEnvironment whether it needs the settings of the database in its environment, too
     */
    record Program(String command, String flags, boolean inEnvironment) {
        String line(String arguments) {
            return "  " + command + " " + arguments + flags;
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(
                List.of(
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
                        "  hold=$(curl -s " + url + "/api/holds" + JSON + "'{\"product_id\":" + FirstProduct.ID
                                + ",\"quantity\":1}' | sed 's/.*\"hold_id\":\"\\([^\"]*\\)\".*/\\1/'); echo \"$hold\"",
                        "  order=$(curl -s " + url + "/api/orders" + JSON
                                + "\"{\\\"hold_id\\\":\\\"$hold\\\"}\" | sed 's/.*\"order_id\":\\([0-9]*\\).*/\\1/'); echo \"$order\""));
        if (!verifiesWebhooks) {
            lines.add(
                    "  curl -s " + url + "/api/payments/webhook" + JSON
                            + "\"{\\\"order_id\\\":$order,\\\"status\\\":\\\"success\\\",\\\"transaction_id\\\":\\\"try-$hold\\\"}\"; echo");
        }
        lines.add("  curl -s \"" + url + "/api/orders/$order?hold_id=$hold\"; echo");
        lines.add("");
        token.ifPresent(made -> lines.addAll(List.of(
                "As an operator, with a token that is good until this server stops ("
                        + Setting.OPERATOR_TOKEN.environmentVariable() + " sets one that stays):",
                "",
                "  operator=" + made,
                "  curl -s " + url + "/api/products/" + FirstProduct.ID
                        + "/stock -H \"Authorization: Bearer $operator\"" + JSON
                        + "'{\"stock\":100,\"reason\":\"more came\"}'; echo",
                "",
                "The same token lets into the console, " + url + "/console",
                "")));
        lines.addAll(List.of(
                "More to sell, and whether everything adds up"
                        + (program.inEnvironment() ? ", with the environment of this server:" : ":"),
                "",
                program.line("seed --product-id 2 --stock 100 --name Shirt --price 25.00"),
                program.line("audit"),
                "",
                "Ctrl-C stops it.",
                ""));
        return lines;
    }
}
