package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
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

    private final Transactions transactions;
    private final StockReturns returns;

    CancelOrderService(Transactions transactions, StockReturns returns) {
        this.transactions = transactions;
        this.returns = returns;
    }

    @Override
    public CancelOutcome cancel(OrderId orderId, Cause cause) {
        return transactions.run(tx -> {
            AsOf<OrderId, Order> locked = tx.orders().lock(Set.of(orderId));
            Order order = locked.rows().get(orderId);
            if (order == null) {
                return new CancelOutcome.UnknownOrder(orderId);
            }
            CancelOutcome outcome = CancelOutcome.decide(order, locked.now());
            if (outcome instanceof CancelOutcome.Cancelled cancelled
                    && !cancelled.order().equals(order)) {
                carryOut(tx, cancelled.order(), cause, locked.now());
            }
            return outcome;
        });
    }

    private void carryOut(Transaction tx, Order cancelled, Cause cause, Instant now) {
        tx.orders().save(List.of(cancelled));
        tx.operatorLog()
                .add(new LogEntry(
                        now,
                        cause,
                        Action.ORDER_CANCELLED,
                        cancelled.id().value(),
                        cancelled.items().stream()
                                .map(item -> item.quantity() + " of product " + item.productId())
                                .collect(Collectors.joining(", ", "", " returned"))));
        returns.giveBack(tx, cancelled.items());
    }
}
