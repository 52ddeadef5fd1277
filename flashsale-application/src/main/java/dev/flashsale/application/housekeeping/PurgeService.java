package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Purge;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PurgePolicy;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

final class PurgeService {

    private final Transactions transactions;
    private final Failures failures;

    PurgeService(Transactions transactions, Failures failures) {
        this.transactions = transactions;
        this.failures = failures;
    }

    /** The page is read before the transaction and without locks: a hold that has ended changes no more. */
    Purge.Step purge(Purge page) {
        PurgePolicy policy = new PurgePolicy(page.age());
        Slice<HoldId, Hold> seen = transactions.read(tx -> tx.holdHousekeeping().page(page.after(), page.size()));
        seen.unreadable().forEach((id, wrong) -> failures.report(Work.PURGE, subject(id), wrong));
        Set<HoldId> over = new TreeSet<>();
        seen.rows().forEach((id, hold) -> {
            if (policy.isOver(hold, seen.now())) {
                over.add(id);
            }
        });
        Function<Set<HoldId>, Purge.Removed> remove =
                ids -> transactions.runAlone(tx -> remove(tx, ids, policy, seen.now(), page.dryRun()));
        return new Purge.Step(
                seen.rows().size() + seen.unreadable().size(), removeTogetherOrAlone(over, remove), seen.next());
    }

    /** What cannot be removed with the others is found by trying each alone. */
    private Purge.Removed removeTogetherOrAlone(Set<HoldId> over, Function<Set<HoldId>, Purge.Removed> remove) {
        if (over.isEmpty()) {
            return Purge.Removed.NOTHING;
        }
        try {
            return remove.apply(over);
        } catch (Busy notNow) {
            throw notNow;
        } catch (RuntimeException ofOne) {
            List<Purge.Removed> removed = new ArrayList<>();
            int unused = failures.sum(over, Work.PURGE, PurgeService::subject, id -> {
                removed.add(remove.apply(Set.of(id)));
                return 1;
            });
            return new Purge.Removed(
                    removed.stream().mapToInt(Purge.Removed::holds).sum(),
                    removed.stream().mapToInt(Purge.Removed::orders).sum(),
                    removed.stream().mapToInt(Purge.Removed::payments).sum());
        }
    }

    private static String subject(HoldId id) {
        return "hold " + id;
    }

    /** An order goes with its hold, and with all of its payments, or stays with them. */
    private static Purge.Removed remove(
            Transaction tx, Set<HoldId> over, PurgePolicy policy, Instant now, boolean dryRun) {
        Set<HoldId> holdIds = new TreeSet<>();
        Set<HoldId> ordered = new TreeSet<>();
        tx.holdHousekeeping()
                .lockEnded(over)
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
        Set<ReportId> reportIds = new TreeSet<>();
        orders.forEach((id, order) -> {
            List<RecordedPayment> ofOrder = payments.get(order.id());
            if (ofOrder != null && policy.isOver(order, ofOrder, open, now)) {
                holdIds.add(id);
                orderIds.add(order.id());
                ofOrder.forEach(payment -> reportIds.add(payment.payment().id()));
            }
        });
        if (!dryRun) {
            tx.paymentHousekeeping().delete(reportIds);
            tx.orderHousekeeping().delete(orderIds);
            tx.holdHousekeeping().delete(holdIds);
        }
        return new Purge.Removed(holdIds.size(), orderIds.size(), reportIds.size());
    }

    private static Set<TransactionId> openRefunds(Transaction tx, Collection<List<RecordedPayment>> payments) {
        Set<TransactionId> refunds = new TreeSet<>();
        payments.forEach(ofOrder -> ofOrder.stream()
                .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                .forEach(payment -> refunds.add(payment.payment().transactionId())));
        return tx.payments().openRefunds(refunds);
    }
}
