package dev.flashsale.app.flow;

import dev.flashsale.app.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries the whole life cycle on one product and leaves nothing held. Some pieces are paid for in the end. A step that
 * fails does not keep the next ones from being tried.
 */
public final class TestFlow {

    /** As many must be available. */
    public static final long PIECES_NEEDED = 6;

    private static final int OWN_TOTAL = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Shop shop;
    private final long productId;
    private final Duration patience;
    private final Consumer<Step> told;
    private final Consumer<String> remark;
    private final List<Step> steps = new ArrayList<>();

    private TestFlow(Shop shop, long productId, Duration patience, Consumer<Step> told, Consumer<String> remark) {
        this.shop = shop;
        this.productId = productId;
        this.patience = patience;
        this.told = told;
        this.remark = remark;
    }

    /**
     * Tries everything.
     *
     * @param url of the server, without a slash at the end
     * @param gateway signs the webhooks; none if the server does not verify them
     * @param operatorToken none leaves out what only operators can do
     * @param patience how long to wait for a hold to expire
     * @param told each step as soon as it is over
     * @param remark told to people meanwhile
     * @return the steps; all are ok or the flow failed
     * @throws Problem if there is no server, no product that it can be tried on, or the server takes no such webhooks
     */
    public static List<Step> run(
            String url,
            long productId,
            Optional<Gateway> gateway,
            Optional<String> operatorToken,
            Duration patience,
            Consumer<Step> told,
            Consumer<String> remark) {
        try (Shop shop = new Shop(url, gateway, operatorToken)) {
            TestFlow flow = new TestFlow(shop, productId, patience, told, remark);
            flow.run();
            return List.copyOf(flow.steps);
        }
    }

    /**
     * Has an operator put a product on sale that nobody else knows; answers its number.
     *
     * @throws Problem if there is no server, or it does not take the token
     */
    public static long createProduct(String url, String operatorToken) {
        try (Shop shop = new Shop(url, Optional.empty(), Optional.of(operatorToken))) {
            Answer answer = shop.operate(
                    "/api/products",
                    Map.of("name", "Test flow", "price", "10.00", "currency", "EUR", "stock", OWN_TOTAL));
            if (answer.status() != 201) {
                throw new Problem("The server made no product for this operator ("
                        + answer.body().path("detail").asString("")
                        + "): name its token with --operator-token or FLASHSALE_OPERATOR_TOKEN, or a product with"
                        + " --product-id");
            }
            return answer.number("id");
        }
    }

    private void run() {
        long start = availableAtStart();
        requireTrust();
        Purchase purchase = new Purchase(shop, productId, start);
        step("a product can be read", () -> start + " available");
        step("a hold reduces the available stock, a release returns it", () -> released(purchase));
        step("a hold repeated under its Idempotency-Key is one hold", () -> heldOnce(purchase));
        step("a hold is extended once", () -> extendedOnce(purchase));
        step("a hold is changed up and down", () -> changed(purchase));
        step("a hold of several items is all or nothing", () -> allOrNothing(purchase));
        step("a hold used twice gives the same order", () -> orderedTwice(purchase));
        step("a failed payment returns the stock", () -> failed(purchase));
        step("a declined attempt lets the order wait for another one", () -> declined(purchase));
        step("a payment, repeated, and a failure after it", () -> paidTwice(purchase));
        step("a refund returns the stock when asked", () -> refunded(purchase));
        step("a payment before its order", new EarlyPayment(purchase)::run);
        step("bad input is refused", new BadInput(purchase)::run);
        step("a race for the last pieces", new Race(purchase)::run);
        TellingSteps telling = new TellingSteps(purchase);
        step("whoever listens is told of the stock as it changes", telling::listen);
        if (shop.isOperated()) {
            step("what becomes of an order is kept as events, numbered in their order", telling::readEvents);
            OperatorSteps operator = new OperatorSteps(purchase);
            step("an operator changes the stock, never below what is taken", operator::adjust);
            step("an operator closes the sale and opens it again", operator::closeAndOpen);
            step("an operator cancels an order, and its pieces return", operator::cancel);
        }
        step("an expired hold cannot be ordered and its stock is back", () -> expired(purchase));
        step("nothing is lost and nothing sold twice", () -> balanced(purchase, start));
    }

    private long availableAtStart() {
        Answer product = shop.product(productId);
        if (product.status() == 404) {
            throw new Problem("There is no product " + productId + ": make one with `seed --product-id " + productId
                    + " --stock 100`, or name another with --product-id");
        }
        long available = product.expect(200).number("available_stock");
        if (available < PIECES_NEEDED) {
            throw new Problem("Of product " + productId + " only " + available + " are available and " + PIECES_NEEDED
                    + " are needed: raise its total with `seed`, or name another with --product-id");
        }
        return available;
    }

    /** With a webhook that says nothing. */
    private void requireTrust() {
        Answer answer = shop.webhook("{}");
        if (answer.status() == 401) {
            throw new Problem("The server does not take these webhooks for its gateway's ("
                    + answer.body().path("detail").asString("")
                    + "): name its secret with --webhook-secret or FLASHSALE_WEBHOOK_SECRET, and its --webhook-scheme");
        }
    }

    private static String released(Purchase purchase) {
        String hold = purchase.hold(2);
        String less = purchase.expectAvailable();
        purchase.release(hold, 2);
        return "held 2: " + less + "; released: " + purchase.expectAvailable();
    }

    private String heldOnce(Purchase purchase) {
        String key = "test-flow-" + UUID.randomUUID();
        Answer first = shop.hold(productId, 1, key).expect(201);
        Answer second = shop.hold(productId, 1, key).expect(201);
        Answer changed = shop.hold(productId, 2, key).expect(422);
        Answer unused = shop.release(first.text("hold_id")).expect(200);
        if (!second.body().equals(first.body())) {
            throw second.unexpected("the first answer again, " + first.body());
        }
        return "201, then the same; changed: 422 " + changed.text("code") + "; released: " + purchase.expectAvailable();
    }

    /** As often as the server allows: it may be never. */
    private String extendedOnce(Purchase purchase) {
        String hold = purchase.hold(1);
        Answer held = shop.viewHold(hold).expect(200);
        String expiresAt = held.text("expires_at");
        if (held.number("extensions_left") == 0) {
            Answer none = shop.extend(hold, expiresAt).expect(409);
            purchase.release(hold, 1);
            return "no hold is here: 409 " + none.text("code");
        }
        Answer first = shop.extend(hold, expiresAt).expect(200).expect("status", "active");
        Answer second = shop.extend(hold, expiresAt).expect(200);
        if (!second.body().equals(first.body())) {
            throw second.unexpected("the first answer again, " + first.body());
        }
        purchase.release(hold, 1);
        Answer refused = shop.extend(hold, expiresAt).expect(409);
        return "until " + first.text("expires_at") + "; again: the same; released: 409 " + refused.text("code");
    }

    private String changed(Purchase purchase) {
        String hold = purchase.hold(1);
        Answer up = shop.change(hold, 2).expect(200).expect("quantity", "2");
        purchase.taken(1);
        String less = purchase.expectAvailable();
        Answer down = shop.change(hold, 1).expect(200).expect("expires_at", up.text("expires_at"));
        Answer again = shop.change(hold, 1).expect(200);
        if (!again.body().equals(down.body())) {
            throw again.unexpected("the first answer again, " + down.body());
        }
        purchase.returned(1);
        String more = purchase.expectAvailable();
        purchase.release(hold, 1);
        Answer refused = shop.change(hold, 2).expect(409);
        return "from 1 to 2: " + less + "; to 1, twice: " + more + "; released: 409 " + refused.text("code");
    }

    private String allOrNothing(Purchase purchase) {
        Answer held = shop.holdAll(List.of(productId, productId)).expect(201).expect("quantity", "2");
        purchase.taken(2);
        purchase.release(held.text("hold_id"), 2);
        Answer refused = shop.holdAll(List.of(productId, Long.MAX_VALUE)).expect(404);
        return "1 and 1: held 2, released; 1 and one that does not exist: 404 " + refused.text("code") + ", "
                + purchase.expectAvailable();
    }

    private String orderedTwice(Purchase purchase) {
        String hold = purchase.hold(1);
        Answer first = purchase.order(hold);
        Answer second = shop.order(hold).expect(200).expect("order_id", first.text("order_id"));
        purchase.fail(first);
        return "201, then 200, order " + second.number("order_id") + " both times";
    }

    private static String failed(Purchase purchase) {
        Answer order = purchase.order(purchase.hold(1));
        String less = purchase.expectAvailable();
        purchase.fail(order);
        return "ordered 1: " + less + "; failed: " + purchase.expectAvailable();
    }

    /** As gateways do that keep one id for all attempts. The order is named by its reference. */
    private String declined(Purchase purchase) {
        Answer order = purchase.order(purchase.hold(1));
        Map<String, Object> report = Purchase.report(order.number("order_id"), "failed");
        report.remove("order_id");
        report.put("order_reference", order.text("reference"));
        report.put("final", false);
        Answer declined = shop.pay(report).expect(200).expect("order_status", "pending");
        Answer waiting = shop.viewOrder(order.number("order_id"), order.text("hold_id"))
                .expect(200)
                .expect("waits_for", "another_attempt");
        String less = purchase.expectAvailable();
        report.put("status", "success");
        Answer paid = shop.pay(report).expect(200).expect("order_status", "paid");
        Map<String, Object> refund = Purchase.report(order.number("order_id"), "refunded");
        refund.put("restock", true);
        Answer unused = shop.pay(refund).expect(200).expect("order_status", "returned");
        purchase.returned(1);
        return "declined: " + declined.text("order_status") + ", waits for " + waiting.text("waits_for") + ", " + less
                + "; succeeded: " + paid.text("order_status") + "; refunded: " + purchase.expectAvailable();
    }

    private String paidTwice(Purchase purchase) {
        Answer order = purchase.order(purchase.hold(1));
        Map<String, Object> report = Purchase.report(order.number("order_id"), "success");
        Answer first = shop.pay(report).expect(200).expect("order_status", "paid");
        Answer second = shop.pay(report).expect(200);
        if (!second.body().equals(first.body())) {
            throw second.unexpected("the first answer again, " + first.body());
        }
        report.put("status", "failed");
        Answer failed = shop.pay(report).expect(200).expect("outcome", "ignored");
        purchase.expectPaid(order);
        return "paid; again: the same answer; failed: " + failed.text("outcome") + ", still paid";
    }

    private String refunded(Purchase purchase) {
        Answer order = purchase.order(purchase.hold(1));
        long orderId = order.number("order_id");
        Map<String, Object> refund = Purchase.report(orderId, "refunded");
        refund.put("restock", true);
        Answer early = shop.pay(refund).expect(409).expect("code", "nothing_to_refund");
        Answer paid = shop.pay(Purchase.report(orderId, "success")).expect(200).expect("order_status", "paid");
        String less = purchase.expectAvailable();
        Answer first = shop.pay(refund).expect(200).expect("order_status", "returned");
        Answer second = shop.pay(refund).expect(200);
        if (!second.body().equals(first.body())) {
            throw second.unexpected("the first answer again, " + first.body());
        }
        purchase.returned(1);
        return "before the payment: 409 " + early.text("code") + "; " + paid.text("order_status") + ": " + less
                + "; refunded: " + purchase.expectAvailable();
    }

    private String expired(Purchase purchase) {
        Answer held = shop.hold(productId, 1).expect(201);
        String hold = held.text("hold_id");
        remark.accept("waiting for a hold to expire, at " + held.text("expires_at") + ", for up to "
                + patience.toSeconds() + " s");
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!shop.viewHold(hold).expect(200).text("status").equals("expired")) {
            if (System.nanoTime() > giveUpAt) {
                Answer unused = shop.release(hold);
                throw new Unexpected("it is valid until " + held.text("expires_at")
                        + ", longer than --patience: raise that, or start the server with a shorter --hold-ttl");
            }
            Purchase.pause(PAUSE);
        }
        Answer refused = shop.order(hold).expect(410);
        return "410 " + refused.text("code") + "; " + purchase.expectAvailable();
    }

    private static String balanced(Purchase purchase, long start) {
        long paid = 1 + EarlyPayment.pieces();
        if (purchase.available() != start - paid) {
            throw new Unexpected("expected " + (start - paid) + " available after " + paid + " were paid of " + start);
        }
        return start + " at the start − " + paid + " paid = " + purchase.expectAvailable();
    }

    private void step(String name, Supplier<String> body) {
        long begun = System.nanoTime();
        boolean ok = false;
        String seen;
        try {
            seen = body.get();
            ok = true;
        } catch (Unexpected e) {
            seen = String.valueOf(e.getMessage());
        }
        Step step = new Step(name, ok, seen, Duration.ofNanos(System.nanoTime() - begun));
        steps.add(step);
        told.accept(step);
    }
}
