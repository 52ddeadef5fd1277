package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.NewProduct;
import java.time.Duration;
import java.time.Instant;

/** What can happen to a sale. A command stands for itself, so that one can be left out of a list. */
sealed interface Command {

    Duration HOLD_TTL = Duration.ofSeconds(20);
    int HOLD_EXTENSIONS = 2;
    Duration PAYMENT_DEADLINE = Duration.ofSeconds(60);
    Duration MAX_PAYMENT_DEADLINE = Duration.ofSeconds(100);
    Duration RETRY_GRACE = Duration.ofSeconds(25);
    Duration PAYMENT_KEEP = Duration.ofSeconds(40);
    Duration PURGE_AGE = Duration.ofDays(1);
    Cause OPERATOR = new Cause("ann", "asked for");

    record Put(Product product, int total, SaleRules rules) implements Command {
        @Override
        public boolean tidiesUpFirst() {
            return true;
        }
    }

    record Create(NewProduct product) implements Command {}

    record Change(ProductId productId, ProductChange change) implements Command {}

    record Adjust(ProductId productId, int total) implements Command {
        @Override
        public boolean tidiesUpFirst() {
            return true;
        }
    }

    record Open(ProductId productId) implements Command {}

    record Close(ProductId productId) implements Command {}

    record Place(HoldRequest request) implements Command {}

    record PlaceOnce(HoldRequest request, IdempotencyKey key) implements Command {}

    record Release(HoldId holdId) implements Command {}

    record Extend(ExtendRequest request) implements Command {}

    /**
     * An extension by somebody who has looked at the hold.
     *
     * @param lately whether it still expires when it did then
     */
    record ExtendAsSeen(HoldId holdId, boolean lately) implements Command {}

    record ChangeHold(ChangeRequest request) implements Command {}

    record Order(HoldId holdId) implements Command {}

    record OrderOnce(HoldId holdId, IdempotencyKey key) implements Command {}

    record Cancel(OrderId orderId) implements Command {}

    record ExtendOrder(OrderId orderId, Instant paymentDeadline) implements Command {}

    record Accept(OrderId orderId) implements Command {}

    /** A gateway's report of a success, a failure or a refund. */
    record Report(Payment payment) implements Command {}

    record MarkRefundDone(TransactionId paymentId) implements Command {}

    record ResolveConflict(int number) implements Command {}

    /** All of a product's holds that read so, a page at a time. */
    record ListHolds(ProductId productId, HoldStatus status, PageSize pageSize) implements Command {}

    record ListOrders(ProductId productId, OrderStatus status, PageSize pageSize) implements Command {}

    record Expire() implements Command {}

    record ExpireKeptPayments() implements Command {}

    record ForgetOldKeys() implements Command {}

    record Purge(int pageSize) implements Command {}

    record Advance(Duration duration) implements Command {}

    /** Until one of the moments to come at which something begins or ends, or until just before it. */
    record AdvanceTo(int moment, boolean justBefore) implements Command {}

    /** A command whose transaction meets a fate. */
    record Meet(Fate fate, Command command) implements Command {
        @Override
        public boolean tidiesUpFirst() {
            return command.tidiesUpFirst();
        }
    }

    /** Whether it ends as much of what is over as it likes, and its answer tells what is left. */
    default boolean tidiesUpFirst() {
        return false;
    }
}
