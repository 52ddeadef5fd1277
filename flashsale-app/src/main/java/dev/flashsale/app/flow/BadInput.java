package dev.flashsale.app.flow;

import java.util.ArrayList;
import java.util.List;

/** What makes no sense is refused with a problem document that names a code, never with a failure of the server. */
final class BadInput {

    private final Purchase purchase;

    BadInput(Purchase purchase) {
        this.purchase = purchase;
    }

    String run() {
        Shop shop = purchase.shop();
        String badReport = "{\"order_id\":1,\"status\":\"maybe\",\"transaction_id\":\"t\"}";
        long product = purchase.productId();
        List<Answer> refused = new ArrayList<>(List.of(
                shop.postText("/api/holds", "{\"product_id\":"),
                shop.postText("/api/holds", "null"),
                shop.postText("/api/holds", "{\"product_id\":" + product + ",\"quantity\":0}"),
                shop.postText("/api/holds", "{\"product_id\":" + product + ",\"quantity\":-1}"),
                shop.postText("/api/holds", "{\"product_id\":" + product + ",\"quantity\":1.5}"),
                shop.postText("/api/holds", "{\"product_id\":" + product + ",\"quantity\":\"1\"}"),
                shop.postText("/api/holds", "{\"product_id\":" + Long.MAX_VALUE + ",\"quantity\":1}"),
                shop.postText("/api/orders", "{\"hold_id\":\"no-such-hold\"}"),
                shop.postText("/api/orders", "{\"hold_id\":\"00000000-0000-4000-8000-000000000000\"}"),
                shop.webhook(badReport),
                shop.get("/api/products/not-a-number"),
                shop.get("/api/nothing-here")));
        if (shop.signs()) {
            // A bad report: on a server that believes it, a good one would pay for somebody's order.
            refused.add(shop.forgedWebhook(badReport).expect(401));
        }
        for (Answer answer : refused) {
            boolean understandable = answer.status() >= 400
                    && answer.status() < 500
                    && answer.contentType().startsWith("application/problem+json")
                    && !answer.text("code").isBlank();
            if (!understandable) {
                throw answer.unexpected("a problem document with a status from 400 to 499");
            }
        }
        return refused.size() + " kinds: "
                + refused.stream()
                        .map(answer -> answer.status())
                        .distinct()
                        .sorted()
                        .toList() + "; "
                + purchase.expectAvailable();
    }
}
