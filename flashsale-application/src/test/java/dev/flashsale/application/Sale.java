package dev.flashsale.application;

import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.hold.PlaceHoldService;
import dev.flashsale.application.hold.ReleaseHoldService;
import dev.flashsale.application.order.PlaceOrderService;
import dev.flashsale.application.payment.RecordPaymentService;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderPolicy;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.util.List;
import java.util.NoSuchElementException;

/** The services on fakes, and the ways in which tests get to where they begin. */
final class Sale {

    final InMemoryDatabase database = new InMemoryDatabase();
    final InMemoryTransactions transactions = new InMemoryTransactions(database);
    final Settings settings;
    final Ports ports;
    final Directly<HoldRequest, HoldOutcome> placeHold;
    final Directly<HoldId, ReleaseOutcome> releaseHold;
    final Directly<HoldId, OrderOutcome> placeOrder;
    final Directly<Payment, PaymentOutcome> recordPayment;
    final Flashsale flashsale;

    Sale() {
        this(Settings.defaults());
    }

    Sale(Settings settings) {
        this.settings = settings;
        ports = Ports.of(transactions);
        StockWrites writes = StockWrites.UNWATCHED;
        StockReturns returns = new StockReturns(settings.expiryBatch(), writes, Notifications.NONE, Failures.UNTOLD);
        Settlement settlement = new Settlement(returns, writes, Notifications.NONE, settings.retryGrace());
        placeHold = new Directly<>(
                ports,
                new PlaceHoldService(new HoldPolicy(settings.holdTtl(), settings.holdExtensions()), returns, writes));
        releaseHold = new Directly<>(ports, new ReleaseHoldService(ports, returns));
        placeOrder =
                new Directly<>(ports, new PlaceOrderService(new OrderPolicy(settings.paymentDeadline()), settlement));
        recordPayment = new Directly<>(ports, new RecordPaymentService(settlement));
        flashsale = Flashsale.on(ports, settings.withoutMemory());
    }

    static Sale expiringInBatchesOf(int expiryBatch) {
        Settings defaults = Settings.defaults();
        return new Sale(Settings.builder()
                .holdTtl(defaults.holdTtl())
                .paymentDeadline(defaults.paymentDeadline())
                .expiryBatch(expiryBatch)
                .build());
    }

    ProductId productOnSale(int total) {
        ProductId id = Examples.newProductId();
        if (!(flashsale.products().put(Examples.product(id), total) instanceof AdjustOutcome.Adjusted)) {
            throw new AssertionError("not put on sale: " + id);
        }
        return id;
    }

    HoldId held(ProductId productId, int pieces) {
        HoldRequest request = Examples.request(productId, pieces);
        if (!(placeHold.one(request) instanceof HoldOutcome.Placed placed)) {
            throw new AssertionError("not held: " + request);
        }
        return placed.holdId();
    }

    Order ordered(ProductId productId, int pieces) {
        HoldId holdId = held(productId, pieces);
        if (!(placeOrder.one(holdId) instanceof OrderOutcome.Placed placed)) {
            throw new AssertionError("not ordered: " + holdId);
        }
        return placed.order();
    }

    Order paid(ProductId productId, int pieces) {
        Order order = ordered(productId, pieces);
        if (recordPayment.one(Examples.success(order.id())) == null) {
            throw new AssertionError("not paid: " + order);
        }
        return stored(order.id());
    }

    /** An order whose deadline passed and whose pieces were returned; what else was over has ended as well. */
    Order expired(ProductId productId, int pieces) {
        Order order = ordered(productId, pieces);
        database.advance(settings.paymentDeadline());
        while (flashsale.housekeeping().expireOrders() > 0) {
            // Another batch.
        }
        return stored(order.id());
    }

    int available(ProductId productId) {
        return database.stocks().stream()
                .filter(stock -> stock.productId().equals(productId))
                .findFirst()
                .orElseThrow()
                .available();
    }

    Order stored(OrderId id) {
        return database.orders().stream()
                .filter(order -> order.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("order " + id));
    }

    Hold stored(HoldId id) {
        return database.holds().stream()
                .filter(hold -> hold.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("hold " + id));
    }

    List<RecordedPayment> payments() {
        return database.payments().stream().map(ReceivedPayment::payment).toList();
    }

    /** Whether every piece of every product is accounted for. */
    boolean addsUp() {
        return flashsale.audits().audit().clean();
    }
}
