package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PurgePolicy;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class PurgeService implements PurgeEnded {

    private final Transactions transactions;

    PurgeService(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The page is read before the transaction and without locks: a hold that has ended changes no more. */
    @Override
    public Step purge(Page page) {
        PurgePolicy policy = new PurgePolicy(page.age());
        AsOf<HoldId, Hold> seen = transactions.read(tx -> tx.holds().page(page.after(), page.size()));
        Map<HoldId, Hold> over = new TreeMap<>(seen.rows());
        over.values().removeIf(hold -> !policy.isOver(hold, seen.now()));
        Removed removed = over.isEmpty()
                ? Removed.NOTHING
                : transactions.runAlone(tx -> remove(tx, over, policy, seen.now(), page.dryRun()));
        Optional<HoldId> next = seen.rows().size() < page.size()
                ? Optional.empty()
                : seen.rows().keySet().stream().max(Comparator.naturalOrder());
        return new Step(seen.rows().size(), removed, next);
    }

    /** Of a hold of several products all lines go, with the orders that they became, or none. */
    private static Removed remove(
            Transaction tx, Map<HoldId, Hold> over, PurgePolicy policy, Instant now, boolean dryRun) {
        Map<HoldId, Hold> lines = tx.holds().lockFree(lineIds(over.values()));
        List<Hold> locked = over.values().stream()
                .filter(hold -> hold.lineIds().stream().allMatch(id -> lines.get(id) instanceof EndedHold))
                .toList();
        Map<Boolean, List<Hold>> byWhetherOrdered =
                locked.stream().collect(Collectors.partitioningBy(hold -> hold.statusAt(now) == HoldStatus.ORDERED));
        Set<HoldId> ordered = lineIds(byWhetherOrdered.getOrDefault(true, List.of()));
        Set<HoldId> holdIds = lineIds(byWhetherOrdered.getOrDefault(false, List.of()));
        Set<OrderId> orderIds = new TreeSet<>();
        Set<TransactionId> transactionIds = new TreeSet<>();
        Map<HoldId, Order> orders = new HashMap<>();
        if (!ordered.isEmpty()) {
            tx.orders().lockFreeOf(ordered).forEach(order -> orders.put(order.holdId(), order));
        }
        Map<OrderId, List<RecordedPayment>> payments = orders.isEmpty()
                ? Map.of()
                : tx.payments()
                        .lockFreeOf(
                                orders.values().stream().map(Order::id).collect(Collectors.toCollection(TreeSet::new)));
        Set<TransactionId> open = openRefunds(tx, payments.values());
        for (Hold hold : byWhetherOrdered.getOrDefault(true, List.of())) {
            List<Order> ofHold = hold.lineIds().stream()
                    .flatMap(id -> Stream.ofNullable(orders.get(id)))
                    .filter(order -> payments.containsKey(order.id()))
                    .filter(order -> policy.isOver(order, payments.getOrDefault(order.id(), List.of()), open, now))
                    .toList();
            if (ofHold.size() == hold.lineIds().size()) {
                for (Order order : ofHold) {
                    holdIds.add(order.holdId());
                    orderIds.add(order.id());
                    payments.getOrDefault(order.id(), List.of())
                            .forEach(payment ->
                                    transactionIds.add(payment.payment().transactionId()));
                }
            }
        }
        if (!dryRun) {
            tx.payments().delete(transactionIds);
            tx.orders().delete(orderIds);
            tx.holds().delete(holdIds);
        }
        return new Removed(holdIds.size(), orderIds.size(), transactionIds.size());
    }

    private static Set<TransactionId> openRefunds(Transaction tx, Collection<List<RecordedPayment>> payments) {
        Set<TransactionId> refunds = new TreeSet<>();
        payments.forEach(ofOrder -> ofOrder.stream()
                .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                .forEach(payment -> refunds.add(payment.payment().transactionId())));
        return tx.payments().openRefunds(refunds);
    }

    private static Set<HoldId> lineIds(Collection<Hold> holds) {
        return holds.stream().flatMap(hold -> hold.lineIds().stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
