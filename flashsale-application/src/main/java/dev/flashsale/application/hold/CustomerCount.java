package dev.flashsale.application.hold;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
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
     * @param active the lines of holds, some of which may be over
     */
    record Counted(Map<CustomerId, Integer> taken, int returned, List<HoldLine> active) {

        static final Counted NOTHING = new Counted(Map.of(), 0, List.of());
    }

    static Map<ProductId, Counted> count(Transaction tx, Map<ProductId, Set<CustomerId>> customers, Instant now) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        List<HoldLine> holds = tx.holds().ofCustomers(customers);
        Map<Line, OrderLine> orders = ordersOf(tx, holds);
        Set<Line> ended = new HashSet<>();
        endExpired(tx, holds, now).forEach(line -> ended.add(Line.of(line)));
        endOverdue(tx, orders.values(), now).forEach(line -> ended.add(Line.of(line)));
        Map<ProductId, Map<CustomerId, Integer>> taken = new HashMap<>();
        Map<ProductId, Integer> returned = new HashMap<>();
        Map<ProductId, List<HoldLine>> active = new HashMap<>();
        for (HoldLine hold : holds) {
            Item item = hold.item();
            OrderLine order = orders.get(Line.of(hold));
            if (ended.contains(Line.of(hold))) {
                returned.merge(item.productId(), item.quantity().value(), Math::addExact);
            } else if (hold.status() == HoldStatus.ACTIVE
                    || (order != null && order.status().takesStock())) {
                if (hold.status() == HoldStatus.ACTIVE) {
                    active.computeIfAbsent(item.productId(), product -> new ArrayList<>())
                            .add(hold);
                }
                taken.computeIfAbsent(item.productId(), product -> new HashMap<>())
                        .merge(customerOf(hold), item.quantity().value(), Math::addExact);
            }
        }
        return customers.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        product -> new Counted(
                                taken.getOrDefault(product, Map.of()),
                                returned.getOrDefault(product, 0),
                                active.getOrDefault(product, List.of()))));
    }

    /** A line of a hold, and of the order that it became. */
    private record Line(HoldId holdId, int number) {

        static Line of(HoldLine line) {
            return new Line(line.holdId(), line.number());
        }

        static Line of(OrderLine line) {
            return new Line(line.holdId(), line.number());
        }
    }

    /** The holds are read before their orders: what was active then counts as a hold, whatever it has become since. */
    private static Map<Line, OrderLine> ordersOf(Transaction tx, List<HoldLine> holds) {
        Set<HoldId> ordered = new TreeSet<>();
        Set<Line> lines = new HashSet<>();
        for (HoldLine hold : holds) {
            if (hold.status() == HoldStatus.ORDERED) {
                ordered.add(hold.holdId());
                lines.add(Line.of(hold));
            }
        }
        Map<Line, OrderLine> orders = new HashMap<>();
        if (!ordered.isEmpty()) {
            tx.orders().linesOf(ordered).forEach(line -> orders.put(Line.of(line), line));
        }
        // Whoever ends a line must have the stock of its product: those of other products are not for this one.
        orders.keySet().retainAll(lines);
        return orders;
    }

    /** Never waits. */
    private static List<HoldLine> endExpired(Transaction tx, List<HoldLine> holds, Instant now) {
        List<HoldLine> over = holds.stream().filter(line -> line.isOverdue(now)).toList();
        if (over.isEmpty()) {
            return List.of();
        }
        List<HoldLine> ended = tx.holds().lockFree(over).stream()
                .filter(line -> line.isOverdue(now))
                .toList();
        tx.holds().expire(ended);
        return ended;
    }

    /** Never waits. */
    private static List<OrderLine> endOverdue(Transaction tx, Collection<OrderLine> orders, Instant now) {
        List<OrderLine> over =
                orders.stream().filter(line -> line.isOverdue(now)).toList();
        if (over.isEmpty()) {
            return List.of();
        }
        List<OrderLine> ended = tx.orders().lockFree(over).stream()
                .filter(line -> line.isOverdue(now))
                .toList();
        tx.orders().expire(ended);
        return ended;
    }

    private static CustomerId customerOf(HoldLine line) {
        CustomerId customer = line.customerId();
        if (customer == null) {
            throw new IllegalStateException("a customer's hold without its customer: " + line.holdId());
        }
        return customer;
    }
}
