package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Valid values, with ids that nobody has used before. */
public final class Examples {

    public static final Money PRICE = Money.of("19.90", "EUR");
    public static final Instant NOW = Instant.parse("2026-11-27T08:00:00.123456Z");
    public static final Duration HOLD_TTL = Duration.ofMinutes(2);
    public static final Duration PAYMENT_DEADLINE = Duration.ofMinutes(15);

    private static final long RARE = 1L << 40;

    private Examples() {}

    public static ProductId newProductId() {
        return new ProductId(ThreadLocalRandom.current().nextLong(RARE, Long.MAX_VALUE));
    }

    public static HoldId newHoldId() {
        return new HoldId(UUID.randomUUID());
    }

    public static TransactionId newTransactionId() {
        return new TransactionId("tx-" + UUID.randomUUID());
    }

    public static IdempotencyKey newIdempotencyKey() {
        return new IdempotencyKey("key-" + UUID.randomUUID());
    }

    /** An order id far beyond those that a database has given out. */
    public static OrderId unknownOrderId() {
        return new OrderId(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE));
    }

    public static Product product(ProductId id) {
        return new Product(id, "Console", PRICE);
    }

    public static HoldRequest request(ProductId productId, int pieces) {
        return new HoldRequest(newHoldId(), productId, new Quantity(pieces));
    }

    public static ActiveHold hold(ProductId productId, int pieces, Instant expiresAt) {
        return new ActiveHold(newHoldId(), Lines.of(productId, new Quantity(pieces)), expiresAt, null, 0);
    }

    /** An order of that hold at {@link #PRICE}, to be paid in {@link #PAYMENT_DEADLINE}. */
    public static NewOrder newOrder(ActiveHold hold, Instant placedAt) {
        int pieces = hold.lines().items().stream()
                .mapToInt(item -> item.quantity().value())
                .sum();
        return new NewOrder(hold.id(), hold.lines(), PRICE.times(pieces), placedAt, placedAt.plus(PAYMENT_DEADLINE));
    }

    /** A pending order, placed at {@link #NOW}. */
    public static Order order(long id, ProductId productId, int pieces) {
        return newOrder(hold(productId, pieces, NOW.plus(HOLD_TTL)), NOW).numbered(new OrderId(id));
    }

    public static Payment success(OrderId orderId) {
        return Payment.of(newTransactionId(), orderId, PaymentStatus.SUCCESS);
    }

    public static Payment failure(OrderId orderId) {
        return Payment.of(newTransactionId(), orderId, PaymentStatus.FAILED);
    }

    public static Payment refund(OrderId orderId, boolean restock) {
        return new Payment(newTransactionId(), orderId, PaymentStatus.REFUNDED, null, null, null, restock);
    }

    /** A refund that names what it gives back. */
    public static Payment refundOf(Payment payment) {
        return new Payment(
                newTransactionId(),
                payment.orderId(),
                PaymentStatus.REFUNDED,
                null,
                null,
                payment.transactionId(),
                false);
    }
}
