package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

final class JdbcPaymentRepository implements PaymentRepository {

    private final Sql sql;

    JdbcPaymentRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids) {
        return selectPayments(Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_once"))
                .where(FLASHSALE_PAYMENT.TRANSACTION_ID.in(ids))
                .orderBy(FLASHSALE_PAYMENT.TRANSACTION_ID)
                .forUpdate()
                .fetchMap(FLASHSALE_PAYMENT.TRANSACTION_ID, JdbcPaymentRepository::recorded);
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        var insert = sql.dsl()
                .insertInto(
                        FLASHSALE_PAYMENT,
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT.ORDER_ID,
                        FLASHSALE_PAYMENT.STATUS,
                        FLASHSALE_PAYMENT.AMOUNT,
                        FLASHSALE_PAYMENT.CURRENCY,
                        FLASHSALE_PAYMENT.EFFECT,
                        FLASHSALE_PAYMENT.ORDER_STATUS,
                        FLASHSALE_PAYMENT.RECEIVED_AT);
        for (RecordedPayment recorded : payments) {
            Payment payment = recorded.payment();
            insert = insert.values(
                    val(payment.transactionId(), FLASHSALE_PAYMENT.TRANSACTION_ID),
                    val(payment.orderId(), FLASHSALE_PAYMENT.ORDER_ID),
                    val(payment.status(), FLASHSALE_PAYMENT.STATUS),
                    val(payment.amount(), FLASHSALE_PAYMENT.AMOUNT),
                    val(payment.currency(), FLASHSALE_PAYMENT.CURRENCY),
                    val(recorded.effect(), FLASHSALE_PAYMENT.EFFECT),
                    val(recorded.orderStatus(), FLASHSALE_PAYMENT.ORDER_STATUS),
                    NOW);
        }
        insert.execute();
    }

    @Override
    public List<Payment> lockKept(Set<OrderId> orderIds) {
        return selectPayments(Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_by_order"))
                .where(FLASHSALE_PAYMENT.ORDER_ID.in(orderIds))
                .and(FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT)))
                .orderBy(FLASHSALE_PAYMENT.ID)
                .forUpdate()
                .fetch(row -> recorded(row).payment());
    }

    @Override
    public void settle(Collection<RecordedPayment> payments) {
        for (RecordedPayment recorded : payments) {
            Sql.requireOne(
                    recorded.payment().transactionId(),
                    sql.dsl()
                            .update(FLASHSALE_PAYMENT)
                            .set(FLASHSALE_PAYMENT.EFFECT, recorded.effect())
                            .set(FLASHSALE_PAYMENT.ORDER_STATUS, recorded.orderStatus())
                            .where(FLASHSALE_PAYMENT.TRANSACTION_ID.eq(
                                    recorded.payment().transactionId()))
                            .execute());
        }
    }

    /** What is there is counted first, so that a payment that is passed over shows; none is added meanwhile. */
    @Override
    public Map<OrderId, List<RecordedPayment>> lockFreeOf(Set<OrderId> orderIds) {
        Map<OrderId, Integer> all = sql.dsl()
                .select(FLASHSALE_PAYMENT.ORDER_ID, count())
                .from(FLASHSALE_PAYMENT)
                .where(FLASHSALE_PAYMENT.ORDER_ID.in(orderIds))
                .groupBy(FLASHSALE_PAYMENT.ORDER_ID)
                .fetchMap(FLASHSALE_PAYMENT.ORDER_ID, count());
        Map<OrderId, List<RecordedPayment>> locked = selectPayments(
                        Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_by_order"))
                .where(FLASHSALE_PAYMENT.ORDER_ID.in(orderIds))
                .forUpdate()
                .skipLocked()
                .fetchGroups(FLASHSALE_PAYMENT.ORDER_ID, JdbcPaymentRepository::recorded);
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
    public void delete(Set<TransactionId> ids) {
        sql.delete(FLASHSALE_PAYMENT.TRANSACTION_ID, ids);
    }

    private SelectJoinStep<? extends Record> selectPayments(Table<Record> table) {
        return sql.dsl()
                .select(
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT.ORDER_ID,
                        FLASHSALE_PAYMENT.STATUS,
                        FLASHSALE_PAYMENT.AMOUNT,
                        FLASHSALE_PAYMENT.CURRENCY,
                        FLASHSALE_PAYMENT.EFFECT,
                        FLASHSALE_PAYMENT.ORDER_STATUS)
                .from(table);
    }

    private static RecordedPayment recorded(Record row) {
        return new RecordedPayment(
                new Payment(
                        row.get(FLASHSALE_PAYMENT.TRANSACTION_ID),
                        row.get(FLASHSALE_PAYMENT.ORDER_ID),
                        row.get(FLASHSALE_PAYMENT.STATUS),
                        row.get(FLASHSALE_PAYMENT.AMOUNT),
                        row.get(FLASHSALE_PAYMENT.CURRENCY)),
                row.get(FLASHSALE_PAYMENT.EFFECT),
                row.get(FLASHSALE_PAYMENT.ORDER_STATUS));
    }
}
