package dev.flashsale.domain.event;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a sale, and is committed when it is told.
 *
 * <p>Events of one product are in order; of several products at once, as a hold can be, in the order of each. One that is told
 * twice has the same {@linkplain EventStamp#id() id}.
 */
public sealed interface SaleEvent {

    EventStamp stamp();

    EventKind kind();

    /** What it is about; nothing if that is money whose order nobody knows. */
    List<ProductId> products();

    /** Of one hold, with all of its lines. */
    sealed interface OfHold extends SaleEvent {

        HoldId holdId();

        Lines lines();

        /** Who holds, if that was said. */
        @Nullable
        CustomerId customerId();

        /** The first moment at which the hold is, or was, no longer valid. */
        Instant expiresAt();

        @Override
        default List<ProductId> products() {
            return lines().products();
        }
    }

    record HoldPlaced(
            EventStamp stamp,
            HoldId holdId,
            Lines lines,
            @Nullable CustomerId customerId,
            Instant expiresAt) implements OfHold {
        @Override
        public EventKind kind() {
            return EventKind.HOLD_PLACED;
        }
    }

    /** With what it is of now, and until when. */
    record HoldChanged(
            EventStamp stamp,
            HoldId holdId,
            Lines lines,
            @Nullable CustomerId customerId,
            Instant expiresAt) implements OfHold {
        @Override
        public EventKind kind() {
            return EventKind.HOLD_CHANGED;
        }
    }

    record HoldReleased(
            EventStamp stamp,
            HoldId holdId,
            Lines lines,
            @Nullable CustomerId customerId,
            Instant expiresAt) implements OfHold {
        @Override
        public EventKind kind() {
            return EventKind.HOLD_RELEASED;
        }
    }

    /**
     * Told when its pieces return, which may be later than it ended.
     *
     * @param lines whose pieces returned: each line of a hold expires by itself, so a hold of several products may be told of
     *     several times
     */
    record HoldExpired(
            EventStamp stamp,
            HoldId holdId,
            Lines lines,
            @Nullable CustomerId customerId,
            Instant expiresAt) implements OfHold {
        @Override
        public EventKind kind() {
            return EventKind.HOLD_EXPIRED;
        }
    }

    record HoldEnding(
            EventStamp stamp,
            HoldId holdId,
            Lines lines,
            @Nullable CustomerId customerId,
            Instant expiresAt) implements OfHold {
        @Override
        public EventKind kind() {
            return EventKind.HOLD_ENDING;
        }
    }

    /** Of one order, as it is after what happened. */
    sealed interface OfOrder extends SaleEvent {

        Order order();

        /** Who ordered, if that was said and is still known. */
        @Nullable
        CustomerId customerId();

        @Override
        default List<ProductId> products() {
            return order().lines().products();
        }
    }

    record OrderPlaced(
            EventStamp stamp, Order order, @Nullable CustomerId customerId) implements OfOrder {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_PLACED;
        }
    }

    record OrderPaid(
            EventStamp stamp, Order order, @Nullable CustomerId customerId) implements OfOrder {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_PAID;
        }
    }

    record OrderFailed(
            EventStamp stamp, Order order, @Nullable CustomerId customerId) implements OfOrder {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_FAILED;
        }
    }

    record OrderCancelled(
            EventStamp stamp, Order order, @Nullable CustomerId customerId) implements OfOrder {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_CANCELLED;
        }
    }

    /**
     * Told when its pieces return, which may be later than its deadline.
     *
     * @param returned the pieces that did: each line of an order expires by itself, so an order of several products may be
     *     told of several times
     */
    record OrderExpired(
            EventStamp stamp,
            OrderId orderId,
            HoldId holdId,
            Lines returned,
            @Nullable CustomerId customerId) implements SaleEvent {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_EXPIRED;
        }

        @Override
        public List<ProductId> products() {
            return returned.products();
        }
    }

    /**
     * All of the money was given back if the order's status says so, else a part.
     *
     * @param amount in the order's currency; null if nobody said how much
     * @param returned the pieces that are on sale again
     */
    record OrderRefunded(
            EventStamp stamp,
            Order order,
            @Nullable CustomerId customerId,
            @Nullable BigDecimal amount,
            List<Item> returned)
            implements OfOrder {
        @Override
        public EventKind kind() {
            return EventKind.ORDER_REFUNDED;
        }
    }

    /** Of money that no order can use. */
    sealed interface OfMoney extends SaleEvent {

        /** The payment. */
        TransactionId transactionId();

        /** The order that the payment named. */
        OrderId orderId();

        /** Null if nobody said how much. */
        @Nullable
        BigDecimal amount();

        /** Null if nobody said which. */
        @Nullable
        Currency currency();
    }

    /**
     * With all that must be given back.
     *
     * @param products of the order that the payment named, if there is one
     */
    record RefundRequired(
            EventStamp stamp,
            TransactionId transactionId,
            OrderId orderId,
            @Nullable BigDecimal amount,
            @Nullable Currency currency,
            List<ProductId> products)
            implements OfMoney {
        @Override
        public EventKind kind() {
            return EventKind.REFUND_REQUIRED;
        }
    }

    /**
     * All of it or a part.
     *
     * @param amount given back now
     * @param products of the order that the payment named, if there is one
     */
    record RefundDone(
            EventStamp stamp,
            TransactionId transactionId,
            OrderId orderId,
            @Nullable BigDecimal amount,
            @Nullable Currency currency,
            List<ProductId> products)
            implements OfMoney {
        @Override
        public EventKind kind() {
            return EventKind.REFUND_DONE;
        }
    }

    /** With the numbers after it; one for all that a transaction did to a stock. */
    record StockChanged(EventStamp stamp, ProductId productId, int total, int available) implements SaleEvent {
        @Override
        public EventKind kind() {
            return EventKind.STOCK_CHANGED;
        }

        @Override
        public List<ProductId> products() {
            return List.of(productId);
        }
    }

    record SoldOut(EventStamp stamp, ProductId productId, int total) implements SaleEvent {
        @Override
        public EventKind kind() {
            return EventKind.SOLD_OUT;
        }

        @Override
        public List<ProductId> products() {
            return List.of(productId);
        }
    }
}
