package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_KEPT_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The payments, as whoever tidies up needs them. */
record JdbcPaymentHousekeeping(Sql sql) implements PaymentHousekeeping {

    static final Query<OrderId, Map.Entry<OrderId, Integer>> COUNTS = query(
            "payment.counts",
            PaymentStatements.OF_ORDER,
            length -> Render.SQL
                    .select(FLASHSALE_PAYMENT.ORDER_ID, count())
                    .from(PaymentStatements.BY_ORDER)
                    .where(Render.anyOf(FLASHSALE_PAYMENT.ORDER_ID, length))
                    .groupBy(FLASHSALE_PAYMENT.ORDER_ID),
            Bind.ORDERS,
            row -> Map.entry(row.order(), row.count()));

    static final Query<OrderId, RecordedPayment> LOCK_FREE = query(
                    "payment.lock",
                    PaymentStatements.OF_ORDER,
                    length -> PaymentStatements.select(PaymentStatements.BY_ORDER)
                            .where(Render.anyOf(FLASHSALE_PAYMENT.ORDER_ID, length)),
                    Bind.ORDERS,
                    PaymentStatements::recorded)
            .skipLocked();

    record Old(Duration age, int limit) {}

    static final Query<Old, Optional<Payment>> LOCK_KEPT_FOR = query(
            "payment.lockKeptFor",
            "flashsale_kept_payment_by_age PRIMARY",
            PaymentStatements.select(Render.by(FLASHSALE_KEPT_PAYMENT, "flashsale_kept_payment_by_age"))
                    .join(FLASHSALE_PAYMENT)
                    .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_KEPT_PAYMENT.PAYMENT_ID))
                    .where(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT.le(Render.AGO))
                    .orderBy(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT)
                    .limit(Render.LIMIT)
                    .forUpdate()
                    .skipLocked(),
            (old, parameters) -> parameters.add(old.age()).add(old.limit()),
            Query.ifReadable(row -> PaymentStatements.recorded(row).payment()));

    static final Query<Old, TransactionId> KEPT_THOUGH_ORDERED = query(
            "payment.keptThoughOrdered",
            "flashsale_kept_payment_by_age PRIMARY",
            Render.SQL
                    .select(FLASHSALE_PAYMENT.TRANSACTION_ID)
                    .from(Render.by(FLASHSALE_KEPT_PAYMENT, "flashsale_kept_payment_by_age"))
                    .straightJoin(FLASHSALE_PAYMENT)
                    .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_KEPT_PAYMENT.PAYMENT_ID))
                    .straightJoin(FLASHSALE_ORDER)
                    .on(FLASHSALE_ORDER.ID.eq(FLASHSALE_PAYMENT.ORDER_ID).and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE)))
                    .where(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT.ge(Render.AGO))
                    .orderBy(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT)
                    .limit(Render.LIMIT),
            (old, parameters) -> parameters.add(old.age()).add(old.limit()),
            Row::transaction);

    static final Update<ReportId> DELETE = update(
            "payment.delete",
            PaymentStatements.ONCE,
            Render.SQL.deleteFrom(FLASHSALE_PAYMENT).where(PaymentStatements.IS_REPORT),
            PaymentStatements::bind);

    /** What is there is counted first, so that a payment that is passed over shows; none is added meanwhile. */
    @Override
    public Map<OrderId, List<RecordedPayment>> lockFreeOf(Set<OrderId> orderIds) {
        Map<OrderId, Integer> all = new HashMap<>();
        sql.query(COUNTS, orderIds).forEach(count -> all.put(count.getKey(), count.getValue()));
        Map<OrderId, List<RecordedPayment>> locked = sql.query(LOCK_FREE, orderIds).stream()
                .collect(Collectors.groupingBy(recorded -> recorded.payment().orderId()));
        Map<OrderId, List<RecordedPayment>> complete = new TreeMap<>();
        for (OrderId id : orderIds) {
            List<RecordedPayment> payments = locked.getOrDefault(id, List.of());
            if (payments.size() == all.getOrDefault(id, 0)) {
                complete.put(id, payments);
            }
        }
        return complete;
    }

    @Override
    public List<Payment> lockKeptFor(Duration age, int limit) {
        return sql.readable(LOCK_KEPT_FOR, most -> new Old(age, most), limit);
    }

    @Override
    public List<TransactionId> keptThoughOrdered(Duration age, int limit) {
        return sql.queryOne(KEPT_THOUGH_ORDERED, new Old(age, limit));
    }

    @Override
    public void delete(Set<ReportId> ids) {
        sql.updateEach(DELETE, ids);
    }
}
