package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Logged;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
            case ACTIVE ->
                hasOnePrice(id)
                        ? new OrderOutcome.Placed(newOrder(holds.end(id, HoldEnd.ORDERED)))
                        : new OrderOutcome.MixedCurrencies(id);
            case RELEASED -> new OrderOutcome.HoldReleased(id);
            case ORDERED -> new OrderOutcome.AlreadyPlaced(rows.asRead(rows.orderOf(id)));
            case EXPIRED -> new OrderOutcome.HoldExpired(id, rows.hold(id).expiresAt());
        };
    }

    private Order newOrder(EndedHold hold) {
        BigDecimal amount = BigDecimal.ZERO;
        for (Item line : hold.lines().items()) {
            BigDecimal price = rows.offer(line.productId()).product().price().amount();
            amount = amount.add(price.multiply(new BigDecimal(line.quantity().value())));
        }
        Currency currency = rows.currencies(hold.lines()).iterator().next();
        OrderId id = new OrderId(++lastNumber);
        rows.orders.put(
                id,
                new Order(
                        id,
                        hold.id(),
                        hold.lines(),
                        new Money(amount, currency),
                        rows.now,
                        rows.now.plus(Command.PAYMENT_DEADLINE),
                        amount.signum() == 0 ? OrderStatus.PAID : OrderStatus.PENDING,
                        Set.of()));
        payments.settleKept(id);
        return Objects.requireNonNull(rows.orders.get(id));
    }

    /** Under a key, where nobody asks what has yet to be tidied up. */
    static OrderOutcome asKept(OrderOutcome outcome) {
        return outcome instanceof OrderOutcome.AlreadyPlaced(Order order) && order.status() == OrderStatus.EXPIRED
                ? new OrderOutcome.AlreadyPlaced(ModelRows.expired(order, Set.of()))
                : outcome;
    }

    /** A transaction that would have made an order was rolled back; numbers do not go back. */
    void rolledBack(HoldId ordered) {
        if (rows.statusOf(ordered) == HoldStatus.ACTIVE && hasOnePrice(ordered)) {
            lastNumber++;
        }
    }

    /** Prices may have come to be in other currencies since it was held. */
    private boolean hasOnePrice(HoldId id) {
        return rows.currencies(rows.hold(id).lines()).size() == 1;
    }

    CancelOutcome cancel(OrderId id) {
        Order order = rows.orders.get(id);
        if (order == null) {
            return new CancelOutcome.UnknownOrder(id);
        }
        OrderStatus status = rows.asRead(order).status();
        boolean freeAndKept = order.amount().amount().signum() == 0 && status == OrderStatus.PAID;
        return switch (freeAndKept ? OrderStatus.PENDING : status) {
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

    DeadlineOutcome extend(OrderId id, Instant wished) {
        Order order = rows.orders.get(id);
        if (order == null) {
            return new DeadlineOutcome.UnknownOrder(id);
        }
        return switch (rows.asRead(order).status()) {
            case PENDING -> {
                Instant latest = order.placedAt().plus(Command.MAX_PAYMENT_DEADLINE);
                if (wished.isBefore(order.paymentDeadline()) || wished.isAfter(latest)) {
                    yield new DeadlineOutcome.OutOfBounds(order.paymentDeadline(), latest);
                }
                if (!wished.equals(order.paymentDeadline())) {
                    rows.orders.put(
                            id,
                            new Order(
                                    id,
                                    order.holdId(),
                                    order.lines(),
                                    order.amount(),
                                    order.placedAt(),
                                    wished,
                                    order.status(),
                                    order.keeps()));
                    rows.log.add(new Logged(rows.now, Command.OPERATOR, Action.ORDER_EXTENDED, id.value()));
                }
                yield new DeadlineOutcome.Extended(Objects.requireNonNull(rows.orders.get(id)));
            }
            case PAID, REFUNDED -> new DeadlineOutcome.AlreadyPaid(id);
            case FAILED, EXPIRED, RETURNED, CANCELLED -> new DeadlineOutcome.AlreadyOver(id);
        };
    }

    AcceptOutcome accept(OrderId id) {
        Order order = rows.orders.get(id);
        if (order == null) {
            return new AcceptOutcome.UnknownOrder(id);
        }
        TransactionId transaction = new TransactionId("by-hand-" + id);
        return switch (order.status()) {
            case PENDING, FAILED, EXPIRED -> {
                if (!payments.acceptByHand(transaction, order)) {
                    yield new AcceptOutcome.PiecesGone(id);
                }
                rows.log.add(new Logged(rows.now, Command.OPERATOR, Action.ORDER_ACCEPTED, id.value()));
                yield new AcceptOutcome.Accepted(Objects.requireNonNull(rows.orders.get(id)));
            }
            case PAID ->
                rows.payments.containsKey(ReportId.ofSuccess(transaction))
                        ? new AcceptOutcome.Accepted(order)
                        : new AcceptOutcome.AlreadyPaid(id);
            case REFUNDED -> new AcceptOutcome.AlreadyPaid(id);
            case RETURNED, CANCELLED -> new AcceptOutcome.AlreadyOver(id);
        };
    }

    /** By their deadlines, then by how many pieces of the product they are. */
    List<Order> list(ProductId id, OrderStatus status) {
        return rows.orders(id, order -> rows.asRead(order).status() == status)
                .map(rows::asRead)
                .sorted(Comparator.comparing(Order::paymentDeadline)
                        .thenComparing(order -> ModelRows.pieces(id, order.lines()))
                        .thenComparing(Order::id))
                .toList();
    }
}
