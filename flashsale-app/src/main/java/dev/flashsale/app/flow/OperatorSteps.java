package dev.flashsale.app.flow;

import java.time.Duration;
import java.util.Map;

/** What only an operator can do. Each step leaves as much available as there was before. */
final class OperatorSteps {

    /** Other nodes may refuse from memory for as long. */
    private static final Duration MEMORY = Duration.ofMillis(500);

    private final Purchase purchase;
    private final Shop shop;
    private final String path;

    OperatorSteps(Purchase purchase) {
        this.purchase = purchase;
        this.shop = purchase.shop();
        this.path = "/api/products/" + purchase.productId();
    }

    String adjust() {
        long total = shop.product(purchase.productId()).expect(200).number("stock");
        String hold = purchase.hold(1);
        long taken = total - purchase.available();
        Answer refused = setTotal(taken - 1).expect(409).expect("smallest_stock", Long.toString(taken));
        Answer lowest = setTotal(taken).expect(200).expect("available_stock", "0");
        Answer restored = setTotal(total).expect(200).expect("stock", Long.toString(total));
        expectLast(path + "/stock", "pieces", Long.toString(total - taken));
        expectLast("/api/operator-log?product_id=" + purchase.productId(), "action", "stock_adjusted");
        purchase.release(hold, 1);
        return taken + " taken: " + (taken - 1) + " is 409 " + refused.text("code") + ", " + lowest.text("stock")
                + " is possible; " + restored.text("stock") + " again, " + purchase.expectAvailable()
                + "; both recorded";
    }

    /** What was recorded last. */
    private void expectLast(String records, String field, String expected) {
        Answer answer = shop.records(records).expect(200);
        if (!answer.body().path("items").path(0).path(field).asString("").equals(expected)) {
            throw answer.unexpected(field + " " + expected + " in the first row");
        }
    }

    private Answer setTotal(long total) {
        return shop.operate(path + "/stock", Map.of("stock", total));
    }

    String closeAndOpen() {
        Answer closed = shop.operate(path + "/close", Map.of()).expect(200).expect("sale", "over");
        Answer refused = shop.hold(purchase.productId(), 1).expect(409).expect("code", "not_on_sale");
        Answer opened = shop.operate(path + "/open", Map.of()).expect(200).expect("sale", "open");
        Purchase.pause(MEMORY);
        purchase.release(purchase.hold(1), 1);
        return closed.text("sale") + ": 409 " + refused.text("code") + "; " + opened.text("sale") + ": 201";
    }

    String cancel() {
        Answer order = purchase.order(purchase.hold(1));
        String cancel = "/api/orders/" + order.text("order_id") + "/cancel";
        Answer first = shop.operate(cancel, Map.of()).expect(200).expect("status", "cancelled");
        Answer second = shop.operate(cancel, Map.of()).expect(200);
        if (!second.body().equals(first.body())) {
            throw second.unexpected("the first answer again, " + first.body());
        }
        purchase.returned(1);
        Answer late = shop.pay(Purchase.report(order.number("order_id"), "success"))
                .expect(200)
                .expect("outcome", "refund_required");
        Answer done = shop.operate("/api/refunds/done", Map.of("transaction_id", late.text("transaction_id")))
                .expect(200)
                .expect("refund", "done");
        expectLast("/api/operator-log?order_id=" + order.text("order_id"), "action", "refund_done");
        return "cancelled; again: the same; a late payment: " + late.text("outcome") + ", " + done.text("refund")
                + " and recorded; " + purchase.expectAvailable();
    }
}
