package dev.flashsale.application.payment;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Takes payments in. They have no row in common. */
public final class RecordPaymentService implements BatchedUseCase<Payment, PaymentOutcome> {

    private final Settlement settlement;

    public RecordPaymentService(Settlement settlement) {
        this.settlement = settlement;
    }

    @Override
    public Kind kind() {
        return Kind.PAYMENT;
    }

    @Override
    public Object lane(Payment payment) {
        return Payment.class;
    }

    @Override
    public boolean oneTransactionPerLane() {
        return false;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<PaymentOutcome> decided) {
        listener.payments(batch, decided);
    }

    @Override
    public List<PaymentOutcome> decide(Transaction tx, Batch<Payment> batch) {
        List<Payment> payments = batch.requests();
        Map<ReportId, RecordedPayment> recorded = new HashMap<>(tx.payments().lockBeforeInsert(idsOf(payments)));
        settleKept(tx, recorded);
        Map<ReportId, Payment> fresh = new LinkedHashMap<>();
        for (Payment payment : payments) {
            if (!recorded.containsKey(payment.id())) {
                fresh.putIfAbsent(payment.id(), payment);
            }
        }
        if (!fresh.isEmpty()) {
            recordFresh(tx, List.copyOf(fresh.values()), recorded);
        }
        List<PaymentOutcome> outcomes = new ArrayList<>(payments.size());
        for (Payment payment : payments) {
            RecordedPayment answer = Objects.requireNonNull(recorded.get(payment.id()));
            boolean first = fresh.remove(payment.id(), payment);
            outcomes.add(first ? new PaymentOutcome.Recorded(answer) : PaymentOutcome.repeated(payment, answer));
        }
        listConflicts(tx, outcomes);
        return outcomes;
    }

    static void listConflicts(Transaction tx, List<PaymentOutcome> outcomes) {
        List<ConflictingReport> conflicts = outcomes.stream()
                .filter(PaymentOutcome.Conflict.class::isInstance)
                .map(outcome -> ((PaymentOutcome.Conflict) outcome).listed())
                .toList();
        if (!conflicts.isEmpty()) {
            tx.payments().listConflicts(conflicts);
        }
    }

    /**
     * Where a report is repeated whose payment is still kept although its order is there: both were made at once on two
     * members of a cluster, which see one another's rows after the commit.
     */
    private void settleKept(Transaction tx, Map<ReportId, RecordedPayment> recorded) {
        List<Payment> kept = recorded.values().stream()
                .filter(payment -> payment.effect() == PaymentEffect.KEPT)
                .map(RecordedPayment::payment)
                .toList();
        if (!kept.isEmpty()) {
            settlement
                    .settleExisting(tx, kept)
                    .forEach(payment -> recorded.put(payment.payment().id(), payment));
        }
    }

    private void recordFresh(Transaction tx, List<Payment> payments, Map<ReportId, RecordedPayment> recorded) {
        Map<OrderId, Order> orders =
                new TreeMap<>(tx.orders().lock(orderIdsOf(payments)).rows());
        List<Payment> early = payments.stream()
                .filter(payment -> !orders.containsKey(payment.orderId()))
                .toList();
        if (!early.isEmpty()) {
            orders.putAll(keep(tx, early, recorded));
        }
        List<Payment> decidable = payments.stream()
                .filter(payment -> orders.containsKey(payment.orderId()))
                .toList();
        if (decidable.isEmpty()) {
            return;
        }
        Map<Boolean, List<RecordedPayment>> byWhetherKept =
                settlement.settle(tx, decidable, succeeded(tx, decidable), orders).payments().stream()
                        .collect(Collectors.partitioningBy(payment ->
                                recorded.containsKey(payment.payment().id())));
        byWhetherKept.forEach((kept, decided) -> {
            if (kept) {
                tx.payments().settle(decided);
            } else {
                tx.payments().insert(decided);
            }
            decided.forEach(payment -> recorded.put(payment.payment().id(), payment));
        });
    }

    /**
     * Those transactions of which a failure is reported though they have succeeded. Looked for with the orders locked, since
     * the success may have come since the payments were.
     */
    private static Set<TransactionId> succeeded(Transaction tx, List<Payment> payments) {
        Set<TransactionId> failed = payments.stream()
                .filter(payment ->
                        payment.status() == PaymentStatus.FAILED || payment.status() == PaymentStatus.DECLINED)
                .map(Payment::transactionId)
                .collect(Collectors.toCollection(TreeSet::new));
        return failed.isEmpty()
                ? Set.of()
                : tx.payments().lock(failed).keySet().stream()
                        .filter(report -> report.status() == PaymentStatus.SUCCESS)
                        .map(ReportId::transactionId)
                        .collect(Collectors.toSet());
    }

    /**
     * Keeps payments whose order does not exist yet. Whoever makes an order looks for its kept payments after the
     * insert; whoever keeps a payment looks for its order after the insert: of two that race at least one sees the
     * other, and no payment is kept for ever.
     *
     * @return the orders that have appeared in between, locked
     */
    private static Map<OrderId, Order> keep(
            Transaction tx, List<Payment> early, Map<ReportId, RecordedPayment> recorded) {
        List<RecordedPayment> kept = early.stream().map(RecordedPayment::kept).toList();
        tx.payments().insert(kept);
        kept.forEach(payment -> recorded.put(payment.payment().id(), payment));
        return tx.orders().lock(orderIdsOf(early)).rows();
    }

    private static Set<TransactionId> idsOf(List<Payment> payments) {
        return payments.stream().map(Payment::transactionId).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<OrderId> orderIdsOf(List<Payment> payments) {
        return payments.stream().map(Payment::orderId).collect(Collectors.toCollection(TreeSet::new));
    }
}
