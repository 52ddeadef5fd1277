package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class PurgeService implements PurgeEnded {

    private final Ports ports;

    PurgeService(Ports ports) {
        this.ports = ports;
    }

    /** The page is read before the transaction and without locks: a hold that has ended changes no more. */
    @Override
    public Step purge(Page page) {
        PurgePolicy policy = new PurgePolicy(page.age());
        AsOf<HoldId, Hold> seen = ports.holds().page(page.after(), page.size());
        Map<HoldId, Hold> over = new TreeMap<>(seen.rows());
        over.values().removeIf(hold -> !policy.isOver(hold, seen.now()));
        Removed removed = over.isEmpty()
                ? Removed.NOTHING
                : ports.transactions().run(attempt -> remove(over, policy, seen.now(), page.dryRun()));
        Optional<HoldId> next = seen.rows().size() < page.size()
                ? Optional.empty()
                : seen.rows().keySet().stream().max(Comparator.naturalOrder());
        return new Step(seen.rows().size(), removed, next);
    }

    private Removed remove(Map<HoldId, Hold> over, PurgePolicy policy, Instant now, boolean dryRun) {
        Map<HoldId, Hold> locked = new TreeMap<>(over);
        locked.keySet().retainAll(ports.holds().lockFree(over.keySet()));
        Set<HoldId> ordered = new TreeSet<>();
        Set<HoldId> holdIds = new TreeSet<>();
        locked.forEach((id, hold) -> (hold.statusAt(now) == HoldStatus.ORDERED ? ordered : holdIds).add(id));
        Set<OrderId> orderIds = new TreeSet<>();
        Set<TransactionId> transactionIds = new TreeSet<>();
        List<Order> orders = ordered.isEmpty() ? List.of() : ports.orders().lockFreeOf(ordered);
        Map<OrderId, List<RecordedPayment>> payments = orders.isEmpty()
                ? Map.of()
                : ports.payments()
                        .lockFreeOf(orders.stream().map(Order::id).collect(Collectors.toCollection(TreeSet::new)));
        Set<TransactionId> open = openRefunds(payments.values());
        for (Order order : orders) {
            List<RecordedPayment> ofOrder = payments.get(order.id());
            if (ofOrder != null && policy.isOver(order, ofOrder, open, now)) {
                holdIds.add(order.holdId());
                orderIds.add(order.id());
                ofOrder.forEach(payment -> transactionIds.add(payment.payment().transactionId()));
            }
        }
        if (!dryRun) {
            ports.payments().delete(transactionIds);
            ports.orders().delete(orderIds);
            ports.holds().delete(holdIds);
        }
        return new Removed(holdIds.size(), orderIds.size(), transactionIds.size());
    }

    private Set<TransactionId> openRefunds(Collection<List<RecordedPayment>> payments) {
        Set<TransactionId> refunds = new TreeSet<>();
        payments.forEach(ofOrder -> ofOrder.stream()
                .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                .forEach(payment -> refunds.add(payment.payment().transactionId())));
        return ports.payments().openRefunds(refunds);
    }
}
