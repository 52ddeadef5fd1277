package dev.flashsale.app.flow;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The steps of one buyer, and how many pieces should be available after them. Nobody else may buy meanwhile. */
final class Purchase {

    private static final Duration VIEW_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Shop shop;
    private final long productId;
    private long available;

    Purchase(Shop shop, long productId, long available) {
        this.shop = shop;
        this.productId = productId;
        this.available = available;
    }

    Shop shop() {
        return shop;
    }

    long productId() {
        return productId;
    }

    /** What should be available now. */
    long available() {
        return available;
    }

    /** Holds pieces; answers the hold's id. */
    String hold(long quantity) {
        String holdId = shop.hold(productId, quantity)
                .expect(201)
                .expect("status", "active")
                .text("hold_id");
        available -= quantity;
        return holdId;
    }

    /** Orders a hold; answers the order. */
    Answer order(String holdId) {
        return shop.order(holdId).expect(201).expect("status", "pending");
    }

    /** Reports a payment that did not work out, which gives the order's pieces back. */
    void fail(Answer order) {
        Answer unused =
                shop.pay(report(order.number("order_id"), "failed")).expect(200).expect("order_status", "failed");
        available += order.number("quantity");
    }

    void release(String holdId, long quantity) {
        Answer unused = shop.release(holdId).expect(200).expect("status", "released");
        available += quantity;
    }

    /** Pieces that were held otherwise. */
    void taken(long quantity) {
        available -= quantity;
    }

    /** Pieces that came back by themselves. */
    void returned(long quantity) {
        available += quantity;
    }

    void expectPaid(Answer order) {
        Answer unused = shop.viewOrder(order.number("order_id"), order.text("hold_id"))
                .expect(200)
                .expect("status", "paid");
    }

    /** Fails unless the server says before long that as many are available as should be. */
    String expectAvailable() {
        long seen = shop.product(productId).expect(200).number("available_stock");
        for (long waited = 0; seen != available && waited < VIEW_PATIENCE.toMillis(); waited += PAUSE.toMillis()) {
            pause(PAUSE);
            seen = shop.product(productId).expect(200).number("available_stock");
        }
        if (seen != available) {
            throw new Unexpected("expected " + available + " available, saw " + seen);
        }
        return seen + " available";
    }

    /** A report of a payment under a transaction id of its own. */
    static Map<String, Object> report(long orderId, String status) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("order_id", orderId);
        report.put("status", status);
        report.put("transaction_id", "test-flow-" + UUID.randomUUID());
        return report;
    }

    /** As {@link #report}, with the amount: it pays for nothing that costs another one. */
    static Map<String, Object> report(long orderId, String status, BigDecimal amount, String currency) {
        Map<String, Object> report = report(orderId, status);
        report.put("amount", amount.toPlainString());
        report.put("currency", currency);
        return report;
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted");
        }
    }
}
