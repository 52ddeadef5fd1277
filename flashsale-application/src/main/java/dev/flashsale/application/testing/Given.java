package dev.flashsale.application.testing;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.HoldRequestBuilder;
import dev.flashsale.domain.testing.PaymentBuilder;

/**
 * Gets a test to where it begins, by the use cases alone: what it makes is real, on any {@link Flashsale}, in memory or on a
 * database. What cannot be had is an {@link AssertionError} that says what was answered.
 */
public final class Given {

    private final Flashsale flashsale;

    private Given(Flashsale flashsale) {
        this.flashsale = flashsale;
    }

    public static Given in(Flashsale flashsale) {
        return new Given(flashsale);
    }

    /** A new product for 19.90 EUR, on sale now without rules, with an id that nobody has used before. */
    public ProductId productOnSale(int pieces) {
        return product().pieces(pieces).onSale();
    }

    /** A product that is not quite that. */
    public ProductBuilder product() {
        return new ProductBuilder(flashsale);
    }

    /** A hold of a customer who is not named. */
    public HoldId held(ProductId product, int pieces) {
        return held(HoldRequestBuilder.aHoldOf(product, pieces).build());
    }

    public HoldId held(HoldRequest request) {
        HoldOutcome outcome = flashsale.holds().place(request);
        if (outcome instanceof HoldOutcome.Placed placed) {
            return placed.holdId();
        }
        throw notSo("held: " + request, outcome);
    }

    /** An order that waits for its payment. */
    public Order ordered(ProductId product, int pieces) {
        return ordered(held(product, pieces));
    }

    /** The order that this hold becomes. */
    public Order ordered(HoldId hold) {
        OrderOutcome outcome = flashsale.orders().place(hold);
        if (outcome instanceof OrderOutcome.Placed placed) {
            return placed.order();
        }
        throw notSo("ordered: " + hold, outcome);
    }

    /** A paid order. */
    public Order paid(ProductId product, int pieces) {
        return paid(ordered(product, pieces));
    }

    /** The order, paid by a transaction of its own. */
    public Order paid(Order order) {
        Object outcome =
                flashsale.payments().record(PaymentBuilder.aPaymentOf(order).build());
        Order now = flashsale.orders().view(order.id()).orElseThrow().order();
        if (now.status() != OrderStatus.PAID) {
            throw notSo("paid: " + order, outcome);
        }
        return now;
    }

    static AssertionError notSo(String what, Object answered) {
        return new AssertionError("could not be " + what + "; answered was " + answered);
    }
}
