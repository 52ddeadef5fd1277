package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

final class CancelOrderService implements CancelOrder {

    private final Ports ports;
    private final StockReturns returns;

    CancelOrderService(Ports ports, StockReturns returns) {
        this.ports = ports;
        this.returns = returns;
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
                        cancelled.items().stream()
                                .map(item -> item.quantity() + " of product " + item.productId())
                                .collect(Collectors.joining(", ", "", " returned"))));
        returns.giveBack(cancelled.items());
    }
}
