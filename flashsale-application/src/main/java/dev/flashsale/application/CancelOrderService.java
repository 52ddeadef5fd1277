package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

final class CancelOrderService implements CancelOrder {

    private final Ports ports;

    CancelOrderService(Ports ports) {
        this.ports = ports;
    }

    @Override
    public CancelOutcome cancel(OrderId orderId, Cause cause) {
        return ports.transactions().run(attempt -> {
            AsOf<OrderId, Order> locked = ports.orders().lock(Set.of(orderId));
            Order order = locked.rows().get(orderId);
            if (order == null) {
                return new CancelOutcome.UnknownOrder(orderId);
            }
            CancelOutcome outcome = CancelOutcome.decide(order, locked.now());
            if (outcome instanceof CancelOutcome.Cancelled cancelled
                    && !cancelled.order().equals(order)) {
                carryOut(cancelled.order(), cause, locked.now());
            }
            return outcome;
        });
    }

    private void carryOut(Order cancelled, Cause cause, Instant now) {
        ports.orders().save(List.of(cancelled));
        ports.operatorLog()
                .add(new LogEntry(
                        now,
                        cause,
                        Action.ORDER_CANCELLED,
                        cancelled.id().value(),
                        cancelled.quantity() + " of product " + cancelled.productId() + " returned"));
        ProductId productId = cancelled.productId();
        Stock stock = Objects.requireNonNull(
                ports.stocks().lock(Set.of(productId)).rows().get(productId), () -> "no stock of product " + productId);
        ports.stocks().save(List.of(stock.giveBack(cancelled.quantity().value())));
    }
}
