package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The payments, as requests need them. */
record JdbcPayments(Sql sql) implements PaymentRepository {

    /**
     * In an old snapshot, what it does not have is not locked: that would be the gap that others are about to insert into.
     * What is there after all fails the insert.
     */
    @Override
    public Map<ReportId, RecordedPayment> lockBeforeInsert(Set<TransactionId> ids) {
        return lock(
                sql.oldSnapshot() && !sql.mayRepeat()
                        ? new TreeSet<>(sql.query(PaymentStatements.IDS, List.copyOf(ids)))
                        : ids);
    }

    @Override
    public Map<ReportId, RecordedPayment> lock(Set<TransactionId> ids) {
        return sql.query(PaymentStatements.LOCK, List.copyOf(ids)).stream()
                .collect(Collectors.toMap(recorded -> recorded.payment().id(), Function.identity()));
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        int unused = sql.update(PaymentStatements.INSERT, List.copyOf(payments));
        list(payments);
    }

    /** Nothing is sent for what was applied or ignored. */
    private void list(Collection<RecordedPayment> payments) {
        List<ReportId> kept = ids(payments, PaymentEffect.KEPT).toList();
        Sql.requireAll(kept, sql.update(PaymentStatements.LIST_KEPT, kept));
        List<TransactionId> owed = ids(payments, PaymentEffect.REFUND_REQUIRED)
                .map(ReportId::transactionId)
                .toList();
        Sql.requireAll(owed, sql.update(PaymentStatements.LIST_OPEN_REFUNDS, owed));
    }

    private static Stream<ReportId> ids(Collection<RecordedPayment> payments, PaymentEffect effect) {
        return payments.stream()
                .filter(recorded -> recorded.effect() == effect)
                .map(recorded -> recorded.payment().id());
    }

    /**
     * New orders have numbers that lie together and next to no payments yet: one step into the index for all of them. The
     * kept payments of others in between are locked along, for as long as this transaction lasts. One that cannot be read stays
     * kept, and the order is made.
     */
    @Override
    public List<Payment> lockKept(Set<OrderId> orderIds) {
        if (orderIds.isEmpty()) {
            return List.of();
        }
        return sql
                .queryOne(
                        PaymentStatements.LOCK_KEPT,
                        new PaymentStatements.Between(Collections.min(orderIds), Collections.max(orderIds)))
                .stream()
                .flatMap(Optional::stream)
                .map(RecordedPayment::payment)
                .filter(payment -> orderIds.contains(payment.orderId()))
                .toList();
    }

    @Override
    public void settle(Collection<RecordedPayment> payments) {
        sql.updateEach(PaymentStatements.SETTLE, payments);
        sql.updateEach(
                PaymentStatements.KEEP_NO_MORE,
                payments.stream().map(recorded -> recorded.payment().id()).toList());
        list(payments);
    }

    @Override
    public List<RecordedPayment> lockOf(OrderId orderId) {
        return sql.queryOne(PaymentStatements.LOCK_OF, orderId).stream()
                .sorted(Comparator.comparingLong(PaymentStatements.Numbered::number))
                .map(PaymentStatements.Numbered::recorded)
                .toList();
    }

    @Override
    public Set<TransactionId> openRefunds(Set<TransactionId> ids) {
        return Set.copyOf(sql.query(
                sql.oldSnapshot() ? PaymentStatements.LOCK_OPEN_REFUNDS : PaymentStatements.OPEN_REFUNDS,
                List.copyOf(ids)));
    }

    @Override
    public void listConflicts(Collection<ConflictingReport> reports) {
        int unused = sql.update(ConflictStatements.INSERT, List.copyOf(reports));
    }

    @Override
    public boolean resolveConflict(long number) {
        return sql.updateOne(ConflictStatements.RESOLVE, number) == 1;
    }

    @Override
    public void refundDone(Set<TransactionId> ids) {
        sql.updateEach(PaymentStatements.REFUND_DONE, ids);
    }
}
