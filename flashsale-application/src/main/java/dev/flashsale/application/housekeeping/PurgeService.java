package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Purge;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PurgePolicy;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class PurgeService {

    private final Transactions transactions;

    PurgeService(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The page is read before the transaction and without locks: a hold that has ended changes no more. */
    Purge.Step purge(Purge page) {
        PurgePolicy policy = new PurgePolicy(page.age());
        AsOf<HoldId, Hold> seen = transactions.read(tx -> tx.holdHousekeeping().page(page.after(), page.size()));
        Map<HoldId, Hold> over = new TreeMap<>(seen.rows());
        over.values().removeIf(hold -> !policy.isOver(hold, seen.now()));
        Purge.Removed removed = over.isEmpty()
                ? Purge.Removed.NOTHING
                : transactions.runAlone(tx -> remove(tx, over, policy, seen.now(), page.dryRun()));
        Optional<HoldId> next = seen.rows().size() < page.size()
                ? Optional.empty()
                : seen.rows().keySet().stream().max(Comparator.naturalOrder());
        return new Purge.Step(seen.rows().size(), removed, next);
    }

    /** An order goes with its hold, and with all of its payments, or stays with them. */
    private static Purge.Removed remove(
            Transaction tx, Map<HoldId, Hold> over, PurgePolicy policy, Instant now, boolean dryRun) {
        Set<HoldId> holdIds = new TreeSet<>();
        Set<HoldId> ordered = new TreeSet<>();
        tx.holdHousekeeping()
                .lockEnded(over.keySet())
                .forEach((id, hold) -> (hold.how() == HoldEnd.ORDERED ? ordered : holdIds).add(id));
        Map<HoldId, Order> orders =
                ordered.isEmpty() ? Map.of() : tx.orderHousekeeping().lockFreeOf(ordered);
        Map<OrderId, List<RecordedPayment>> payments = orders.isEmpty()
                ? Map.of()
                : tx.paymentHousekeeping()
                        .lockFreeOf(
                                orders.values().stream().map(Order::id).collect(Collectors.toCollection(TreeSet::new)));
        Set<TransactionId> open = openRefunds(tx, payments.values());
        Set<OrderId> orderIds = new TreeSet<>();
        Set<TransactionId> transactionIds = new TreeSet<>();
        orders.forEach((id, order) -> {
            List<RecordedPayment> ofOrder = payments.get(order.id());
            if (ofOrder != null && policy.isOver(order, ofOrder, open, now)) {
                holdIds.add(id);
                orderIds.add(order.id());
                ofOrder.forEach(payment -> transactionIds.add(payment.payment().transactionId()));
            }
        });
        if (!dryRun) {
            tx.paymentHousekeeping().delete(transactionIds);
            tx.orderHousekeeping().delete(orderIds);
            tx.holdHousekeeping().delete(holdIds);
        }
        return new Purge.Removed(holdIds.size(), orderIds.size(), transactionIds.size());
    }

    private static Set<TransactionId> openRefunds(Transaction tx, Collection<List<RecordedPayment>> payments) {
        Set<TransactionId> refunds = new TreeSet<>();
        payments.forEach(ofOrder -> ofOrder.stream()
                .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                .forEach(payment -> refunds.add(payment.payment().transactionId())));
        return tx.payments().openRefunds(refunds);
    }
}
