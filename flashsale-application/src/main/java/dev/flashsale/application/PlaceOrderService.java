package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderPolicy;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentPolicy;
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

final class PlaceOrderService implements PlaceOrder {

    private final Ports ports;
    private final OrderPolicy policy;
    private final Settlement settlement;
    private final Once<HoldId, OrderOutcome> once;

    PlaceOrderService(Ports ports, OrderPolicy policy, Settlement settlement) {
        this.ports = ports;
        this.policy = policy;
        this.settlement = settlement;
        once = new Once<>(ports.idempotencyKeys(), new KeptOrders());
    }

    @Override
    public OrderOutcome place(HoldId holdId) {
        return placeAll(List.of(holdId)).get(0);
    }

    /** One transaction for many holds; one outcome for each, in their order. */
    List<OrderOutcome> placeAll(List<HoldId> holdIds) {
        return ports.transactions().run(attempt -> decide(holdIds));
    }

    /** The same for requests of which some have an idempotency key. */
    List<KeyedOutcome<OrderOutcome>> placeAllOnce(Batch<Keyed<HoldId>> batch) {
        return ports.transactions().run(attempt -> once.decide(batch, open -> decide(open.requests())));
    }

    private List<OrderOutcome> decide(List<HoldId> holdIds) {
        AsOf<HoldId, Hold> locked = ports.holds().lock(new TreeSet<>(holdIds));
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
            convert(converts, locked.now(), outcomes)
                    .forEach(order -> outcomes.put(order.holdId(), new OrderOutcome.Placed(order)));
        }
        if (!repeats.isEmpty()) {
            AsOf<HoldId, Order> known = ports.orders().findByHold(repeats);
            known.rows()
                    .forEach((id, order) -> outcomes.put(id, new OrderOutcome.AlreadyPlaced(order.asOf(known.now()))));
        }
        return inOrder(holdIds, outcomes);
    }

    /** @param refusals gets those of holds that cannot be converted */
    private Collection<Order> convert(
            List<OrderPolicy.Decision.Convert> converts, Instant now, Map<HoldId, OrderOutcome> refusals) {
        Set<ProductId> productIds = new TreeSet<>();
        converts.forEach(convert -> convert.hold().items().forEach(item -> productIds.add(item.productId())));
        Map<ProductId, Money> prices = new HashMap<>();
        ports.products().find(productIds).forEach((id, product) -> prices.put(id, product.price()));
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
        ports.holds().end(ended);
        return withKeptPayments(ports.orders().insert(orders).values());
    }

    /** Applies what gateways said of these orders before they were made. */
    private Collection<Order> withKeptPayments(Collection<Order> inserted) {
        Map<OrderId, Order> orders = new TreeMap<>();
        inserted.forEach(order -> orders.put(order.id(), order));
        List<Payment> kept = ports.payments().lockKept(orders.keySet());
        if (kept.isEmpty()) {
            return inserted;
        }
        PaymentPolicy.Decision decision = settlement.settle(kept, orders);
        ports.payments().settle(decision.payments());
        return decision.orders().values();
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
