package dev.flashsale.app.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a sale tells by itself: to whoever listens to its stock, and to whoever reads its events. */
final class TellingSteps {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final List<String> KINDS = List.of("order.*");
    private static final List<String> EXPECTED = List.of("order.placed", "order.failed");

    private final Purchase purchase;
    private final Shop shop;
    private final String path;

    TellingSteps(Purchase purchase) {
        this.purchase = purchase;
        this.shop = purchase.shop();
        this.path = "/api/products/" + purchase.productId();
    }

    /** Nobody else may buy meanwhile, so what is heard is what was done. */
    String listen() {
        try (BufferedReader lines = shop.listen(path + "/stream", PATIENCE)) {
            long before = heard(lines, purchase.available());
            String hold = purchase.hold(1);
            long less = heard(lines, purchase.available());
            purchase.release(hold, 1);
            long more = heard(lines, purchase.available());
            return before + " available; held 1: told " + less + "; released: told " + more;
        } catch (IOException e) {
            throw new Unexpected("the stream of " + path + " ended: " + e);
        }
    }

    /** A line comes at the latest with the next heartbeat. */
    private long heard(BufferedReader lines, long expected) throws IOException {
        long last = -1;
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < giveUpAt) {
            String line = lines.readLine();
            if (line == null) {
                throw new Unexpected("the stream of " + path + " ended before it told of " + expected + " available");
            }
            if (line.startsWith("data: ")) {
                last = shop.read(line.substring("data: ".length()))
                        .path("available_stock")
                        .asLong(-1);
                if (last == expected) {
                    return last;
                }
            }
        }
        throw new Unexpected("expected to be told of " + expected + " available, heard " + last);
    }

    /** Every server has the kinds kept within moments; what is done before then is told to nobody. */
    String readEvents() {
        Answer unused = shop.ask("/api/events/keep", Map.of("kinds", KINDS)).expect(200);
        Purchase.pause(Duration.ofSeconds(2));
        long after = lastNumber();
        Answer order = purchase.order(purchase.hold(1));
        purchase.fail(order);
        long orderId = order.number("order_id");
        Map<Long, String> found = new TreeMap<>();
        for (long waited = 0; found.size() < EXPECTED.size(); waited += PAUSE.toMillis()) {
            if (waited > PATIENCE.toMillis()) {
                throw new Unexpected("expected " + EXPECTED + " of order " + orderId + ", found " + found);
            }
            Purchase.pause(PAUSE);
            for (JsonNode event : shop.records(path + "/events?after=" + after)
                    .expect(200)
                    .body()
                    .path("items")) {
                if (event.path("data").path("order_id").asLong() == orderId) {
                    String type = event.path("type").asString("");
                    found.put(event.path("sequence").asLong(), type.substring(type.indexOf("order.")));
                }
            }
        }
        if (!List.copyOf(found.values()).equals(EXPECTED)) {
            throw new Unexpected("expected " + EXPECTED + " in that order, found " + found);
        }
        return "order " + orderId + ": " + String.join(", then ", found.values()) + ", numbered " + found.keySet();
    }

    private long lastNumber() {
        long last = 0;
        for (JsonNode product : shop.records("/api/events?after=" + (purchase.productId() - 1))
                .expect(200)
                .body()
                .path("items")) {
            if (product.path("product_id").asLong() == purchase.productId()) {
                last = product.path("last_number").asLong();
            }
        }
        return last;
    }
}
