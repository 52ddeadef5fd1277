package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts what customers have held, ordered and bought of products whose stock rows this transaction has locked. Only
 * whoever has a product's stock row makes holds of it or takes its pieces again, so none can be missing.
 *
 * <p>What is over is ended first and does not count. What is over and locked by another transaction does: it may be
 * ordered, extended or paid there at this moment, in time.
 */
final class CustomerCount {

    private CustomerCount() {}

    /**
     * Of one product.
     *
     * @param taken pieces by customer; who has none may be absent
     * @param returned pieces that came back; the caller saves the stock
     */
    record Counted(Map<CustomerId, Integer> taken, int returned) {

        static final Counted NOTHING = new Counted(Map.of(), 0);
    }

    static Map<ProductId, Counted> count(Transaction tx, Map<ProductId, Set<CustomerId>> customers, Instant now) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        List<Hold> holds = tx.holds().ofCustomers(customers);
        Map<HoldId, Order> orders = ordersOf(tx, holds);
        Set<HoldId> ended = new HashSet<>();
        endExpired(tx, holds, now).forEach(hold -> ended.add(hold.id()));
        endOverdue(tx, orders.values(), now).forEach(order -> ended.add(order.holdId()));
        Map<ProductId, Map<CustomerId, Integer>> taken = new HashMap<>();
        Map<ProductId, Integer> returned = new HashMap<>();
        for (Hold hold : holds) {
            int pieces = hold.quantity().value();
            Order order = orders.get(hold.id());
            if (ended.contains(hold.id())) {
                returned.merge(hold.productId(), pieces, Math::addExact);
            } else if (hold instanceof ActiveHold
                    || (order != null && order.status().takesStock())) {
                taken.computeIfAbsent(hold.productId(), product -> new HashMap<>())
                        .merge(customerOf(hold), pieces, Math::addExact);
            }
        }
        return customers.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        product ->
                                new Counted(taken.getOrDefault(product, Map.of()), returned.getOrDefault(product, 0))));
    }

    /** The holds are read before their orders: what was active then counts as a hold, whatever it has become since. */
    private static Map<HoldId, Order> ordersOf(Transaction tx, List<Hold> holds) {
        Set<HoldId> ordered = new TreeSet<>();
        for (Hold hold : holds) {
            if (hold instanceof EndedHold) {
                ordered.add(hold.id());
            }
        }
        return ordered.isEmpty() ? Map.of() : tx.orders().findByHold(ordered).rows();
    }

    /** Never waits. */
    private static List<EndedHold> endExpired(Transaction tx, List<Hold> holds, Instant now) {
        Set<HoldId> over = new TreeSet<>();
        for (Hold hold : holds) {
            if (hold instanceof ActiveHold active && !active.validAt(now)) {
                over.add(active.id());
            }
        }
        if (over.isEmpty()) {
            return List.of();
        }
        List<EndedHold> ended = tx.holds().lockFree(over).values().stream()
                .filter(ActiveHold.class::isInstance)
                .map(ActiveHold.class::cast)
                .filter(hold -> !hold.validAt(now))
                .map(hold -> hold.end(HoldEnd.EXPIRED))
                .toList();
        tx.holds().end(ended);
        return ended;
    }

    /** Never waits. */
    private static List<Order> endOverdue(Transaction tx, Collection<Order> orders, Instant now) {
        Set<HoldId> over = new TreeSet<>();
        for (Order order : orders) {
            if (isOverdue(order, now)) {
                over.add(order.holdId());
            }
        }
        if (over.isEmpty()) {
            return List.of();
        }
        List<Order> ended = tx.orders().lockFreeOf(over).stream()
                .filter(order -> isOverdue(order, now))
                .map(order -> order.with(OrderStatus.EXPIRED))
                .toList();
        tx.orders().save(ended);
        return ended;
    }

    private static boolean isOverdue(Order order, Instant now) {
        return order.status() == OrderStatus.PENDING && order.statusAt(now) == OrderStatus.EXPIRED;
    }

    private static CustomerId customerOf(Hold hold) {
        CustomerId customer = hold.customerId();
        if (customer == null) {
            throw new IllegalStateException("a customer's hold without its customer: " + hold.id());
        }
        return customer;
    }
}
