package dev.flashsale.application.order;

import dev.flashsale.application.OrderView;
import dev.flashsale.application.Orders;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import java.util.Optional;
import java.util.Set;

public final class OrderUseCases implements Orders {

    private final Pipeline<HoldId, OrderOutcome> places;
    private final Transactions transactions;
    private final OrderViews views;

    public OrderUseCases(Pipeline<HoldId, OrderOutcome> places, Transactions transactions, OrderViews views) {
        this.places = places;
        this.transactions = transactions;
        this.views = views;
    }

    @Override
    public OrderOutcome place(HoldId holdId) {
        return places.ask(holdId);
    }

    @Override
    public KeyedOutcome<OrderOutcome> place(HoldId holdId, IdempotencyKey key) {
        return places.ask(holdId, key);
    }

    @Override
    public Optional<OrderView> view(OrderId id) {
        return transactions.read(tx -> view(tx, id));
    }

    private Optional<OrderView> view(Transaction tx, OrderId id) {
        AsOf<OrderId, Order> found = tx.orders().find(Set.of(id));
        if (found.rows().isEmpty()) {
            tx.seeEverything();
        }
        return Optional.ofNullable(found.rows().get(id))
                .map(order -> order.asOf(found.now()))
                .map(views.of(tx, found.rows().values()));
    }
}
