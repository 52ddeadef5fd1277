package dev.flashsale.application.order;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderPolicy;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns holds into orders, and lets payments that came before them take effect. The holds have no row in common. */
public final class PlaceOrderService implements BatchedUseCase<HoldId, OrderOutcome> {

    private final OrderPolicy policy;
    private final Settlement settlement;

    public PlaceOrderService(OrderPolicy policy, Settlement settlement) {
        this.policy = policy;
        this.settlement = settlement;
    }

    @Override
    public Kind kind() {
        return Kind.ORDER;
    }

    @Override
    public Object lane(HoldId holdId) {
        return HoldId.class;
    }

    @Override
    public boolean oneTransactionPerLane() {
        return false;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<OrderOutcome> decided) {
        listener.orders(batch, decided);
    }

    @Override
    public List<OrderOutcome> decide(Transaction tx, Batch<HoldId> batch) {
        Set<HoldId> ids = new TreeSet<>(batch.requests());
        AsOf<HoldId, Hold> locked = tx.holds().lock(ids);
        if (locked.rows().size() < ids.size()) {
            tx.seeEverything();
        }
        List<OrderPolicy.Decision.Convert> converts = new ArrayList<>();
        Set<HoldId> repeats = new TreeSet<>();
        Map<HoldId, OrderOutcome> outcomes = new HashMap<>();
        locked.rows().forEach((id, hold) -> {
            switch (policy.decide(hold, locked.now())) {
                case OrderPolicy.Decision.Convert convert -> converts.add(convert);
                case OrderPolicy.Decision.Repeat repeat ->
                    repeats.add(repeat.hold().id());
                case OrderPolicy.Decision.Refuse refuse -> outcomes.put(id, refuse.refusal());
            }
        });
        if (!converts.isEmpty()) {
            convert(tx, converts, locked.now(), outcomes)
                    .forEach(order -> outcomes.put(order.holdId(), new OrderOutcome.Placed(order)));
        }
        if (!repeats.isEmpty()) {
            AsOf<HoldId, Order> known = tx.orders().findByHold(repeats);
            known.rows()
                    .forEach((id, order) -> outcomes.put(id, new OrderOutcome.AlreadyPlaced(order.asOf(known.now()))));
        }
        return inOrder(batch.requests(), outcomes);
    }

    /** @param refusals gets those of holds that cannot be converted */
    private Collection<Order> convert(
            Transaction tx,
            List<OrderPolicy.Decision.Convert> converts,
            Instant now,
            Map<HoldId, OrderOutcome> refusals) {
        Set<ProductId> productIds = new TreeSet<>();
        converts.forEach(convert -> productIds.addAll(convert.hold().lines().products()));
        Map<ProductId, Money> prices = new HashMap<>();
        tx.products().find(productIds).forEach((id, product) -> prices.put(id, product.price()));
        List<NewOrder> orders = new ArrayList<>();
        List<EndedHold> ended = new ArrayList<>();
        for (OrderPolicy.Decision.Convert convert : converts) {
            ActiveHold hold = convert.hold();
            policy.convert(hold, prices, now)
                    .ifPresentOrElse(
                            order -> {
                                orders.add(order);
                                ended.add(hold.end(HoldEnd.ORDERED));
                            },
                            () -> refusals.put(hold.id(), new OrderOutcome.MixedCurrencies(hold.id())));
        }
        if (orders.isEmpty()) {
            return List.of();
        }
        tx.holds().end(ended);
        return withKeptPayments(tx, tx.orders().insert(orders).values());
    }

    /** Applies what gateways said of these orders before they were made. */
    private Collection<Order> withKeptPayments(Transaction tx, Collection<Order> inserted) {
        Map<OrderId, Order> orders = new TreeMap<>();
        inserted.forEach(order -> orders.put(order.id(), order));
        List<Payment> kept = tx.payments().lockKept(orders.keySet());
        if (kept.isEmpty()) {
            return inserted;
        }
        return settlement.settleKept(tx, kept, orders).orders().values();
    }

    private static List<OrderOutcome> inOrder(List<HoldId> holdIds, Map<HoldId, OrderOutcome> outcomes) {
        List<OrderOutcome> answers = new ArrayList<>(holdIds.size());
        Set<HoldId> seen = new TreeSet<>();
        for (HoldId id : holdIds) {
            OrderOutcome outcome = outcomes.getOrDefault(id, new OrderOutcome.UnknownHold(id));
            boolean repeated = !seen.add(id);
            answers.add(
                    repeated && outcome instanceof OrderOutcome.Placed placed
                            ? new OrderOutcome.AlreadyPlaced(placed.order())
                            : outcome);
        }
        return answers;
    }
}
