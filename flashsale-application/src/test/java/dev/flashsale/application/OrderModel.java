package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Logged;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import java.math.BigDecimal;
import java.util.Objects;

/** What becomes of wishes to order a hold, and to cancel an order. */
final class OrderModel {

    private final ModelRows rows;
    private final HoldModel holds;
    private final PaymentModel payments;
    private long lastNumber;

    OrderModel(ModelRows rows, HoldModel holds, PaymentModel payments) {
        this.rows = rows;
        this.holds = holds;
        this.payments = payments;
    }

    OrderOutcome order(HoldId id) {
        return switch (rows.statusOf(id)) {
            case null -> new OrderOutcome.UnknownHold(id);
            case ACTIVE -> new OrderOutcome.Placed(newOrder(holds.end(id, HoldEnd.ORDERED)));
            case RELEASED -> new OrderOutcome.HoldReleased(id);
            case ORDERED -> new OrderOutcome.AlreadyPlaced(rows.asRead(rows.orderOf(id)));
            case EXPIRED -> new OrderOutcome.HoldExpired(id, rows.hold(id).expiresAt());
        };
    }

    private Order newOrder(EndedHold hold) {
        Money price = rows.offer(hold.productId()).product().price();
        BigDecimal amount =
                price.amount().multiply(new BigDecimal(hold.quantity().value()));
        OrderId id = new OrderId(++lastNumber);
        rows.orders.put(
                id,
                new Order(
                        id,
                        hold.id(),
                        hold.productId(),
                        hold.quantity(),
                        new Money(amount, price.currency()),
                        rows.now,
                        rows.now.plus(Command.PAYMENT_DEADLINE),
                        OrderStatus.PENDING));
        payments.settleKept(id);
        return Objects.requireNonNull(rows.orders.get(id));
    }

    /** A transaction that would have made an order was rolled back; numbers do not go back. */
    void rolledBack(HoldId ordered) {
        if (rows.statusOf(ordered) == HoldStatus.ACTIVE) {
            lastNumber++;
        }
    }

    CancelOutcome cancel(OrderId id) {
        Order order = rows.orders.get(id);
        if (order == null) {
            return new CancelOutcome.UnknownOrder(id);
        }
        return switch (rows.asRead(order).status()) {
            case PENDING -> {
                Order cancelled = order.with(OrderStatus.CANCELLED);
                rows.orders.put(id, cancelled);
                rows.log.add(new Logged(rows.now, Command.OPERATOR, Action.ORDER_CANCELLED, id.value()));
                yield new CancelOutcome.Cancelled(cancelled);
            }
            case CANCELLED -> new CancelOutcome.Cancelled(order);
            case PAID, REFUNDED -> new CancelOutcome.AlreadyPaid(id);
            case FAILED, EXPIRED, RETURNED -> new CancelOutcome.AlreadyOver(id);
        };
    }
}
