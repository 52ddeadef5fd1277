package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_KEPT_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.OpenRefund;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

final class JdbcPaymentRepository implements PaymentRepository {

    private static final Table<Record> BY_TRANSACTION = Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_once");
    private static final Table<Record> BY_ORDER = Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_by_order");

    private static final HotStatement LOCK = new HotStatement(length -> selectPayments(Sql.STATEMENTS, BY_TRANSACTION)
            .where(Sql.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))
            .orderBy(FLASHSALE_PAYMENT.TRANSACTION_ID)
            .forUpdate());

    private static final HotStatement INSERT = new HotStatement(JdbcPaymentRepository::insertRows);

    private static final HotStatement LOCK_KEPT = new HotStatement(length -> selectPayments(Sql.STATEMENTS, BY_ORDER)
            .where(FLASHSALE_PAYMENT.ORDER_ID.between(
                    Sql.param(FLASHSALE_PAYMENT.ORDER_ID), Sql.param(FLASHSALE_PAYMENT.ORDER_ID)))
            .and(FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT)))
            .orderBy(FLASHSALE_PAYMENT.ID)
            .forUpdate());

    private static final HotStatement LIST_KEPT = new HotStatement(length -> Sql.STATEMENTS
            .insertInto(FLASHSALE_KEPT_PAYMENT, FLASHSALE_KEPT_PAYMENT.PAYMENT_ID, FLASHSALE_KEPT_PAYMENT.RECEIVED_AT)
            .select(select(FLASHSALE_PAYMENT.ID, FLASHSALE_PAYMENT.RECEIVED_AT)
                    .from(BY_TRANSACTION)
                    .where(Sql.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))));

    private static final HotStatement LIST_OPEN_REFUNDS = new HotStatement(length -> Sql.STATEMENTS
            .insertInto(FLASHSALE_OPEN_REFUND, FLASHSALE_OPEN_REFUND.PAYMENT_ID)
            .select(select(FLASHSALE_PAYMENT.ID)
                    .from(BY_TRANSACTION)
                    .where(Sql.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))));

    private static final HotStatement IDS = new HotStatement(length -> Sql.STATEMENTS
            .select(FLASHSALE_PAYMENT.TRANSACTION_ID)
            .from(BY_TRANSACTION)
            .where(Sql.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length)));

    private final Sql sql;

    JdbcPaymentRepository(Sql sql) {
        this.sql = sql;
    }

    private static Query insertRows(int length) {
        return Sql.STATEMENTS
                .insertInto(
                        FLASHSALE_PAYMENT,
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT.ORDER_ID,
                        FLASHSALE_PAYMENT.STATUS,
                        FLASHSALE_PAYMENT.AMOUNT,
                        FLASHSALE_PAYMENT.CURRENCY,
                        FLASHSALE_PAYMENT.EFFECT,
                        FLASHSALE_PAYMENT.ORDER_STATUS,
                        FLASHSALE_PAYMENT.RECEIVED_AT)
                .valuesOfRows(Collections.nCopies(
                        length,
                        row(
                                Sql.param(FLASHSALE_PAYMENT.TRANSACTION_ID),
                                Sql.param(FLASHSALE_PAYMENT.ORDER_ID),
                                Sql.param(FLASHSALE_PAYMENT.STATUS),
                                Sql.param(FLASHSALE_PAYMENT.AMOUNT),
                                Sql.param(FLASHSALE_PAYMENT.CURRENCY),
                                Sql.param(FLASHSALE_PAYMENT.EFFECT),
                                Sql.param(FLASHSALE_PAYMENT.ORDER_STATUS),
                                NOW)));
    }

    /**
     * In an old snapshot, what it does not have is not locked: that would be the gap that others are about to insert into.
     * What is there after all fails the insert.
     */
    @Override
    public Map<TransactionId, RecordedPayment> lockBeforeInsert(Set<TransactionId> ids) {
        return lock(
                sql.oldSnapshot() && !sql.mayRepeat()
                        ? new TreeSet<>(sql.query(
                                IDS,
                                List.copyOf(ids),
                                Parameters::addTransactions,
                                row -> new TransactionId(row.text())))
                        : ids);
    }

    @Override
    public Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids) {
        return sql.query(LOCK, List.copyOf(ids), Parameters::addTransactions, JdbcPaymentRepository::recorded).stream()
                .collect(Collectors.toMap(recorded -> recorded.payment().transactionId(), Function.identity()));
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        List<RecordedPayment> refunds = new ArrayList<>();
        List<RecordedPayment> others = new ArrayList<>(payments.size());
        payments.forEach(
                recorded -> (recorded.payment().status() == PaymentStatus.REFUNDED ? refunds : others).add(recorded));
        int unused = sql.update(INSERT, others, (some, parameters) -> {
            for (RecordedPayment recorded : some) {
                Payment payment = recorded.payment();
                Currency currency = payment.currency();
                parameters
                        .add(payment.transactionId().value())
                        .add(payment.orderId().value())
                        .add(payment.status())
                        .add(payment.amount())
                        .add(currency == null ? null : currency.getCurrencyCode())
                        .add(recorded.effect())
                        .add(recorded.orderStatus());
            }
        });
        list(others);
        refunds.forEach(this::insertRefund);
    }

    /** The two columns of a refund alone are none of the others' business. */
    private void insertRefund(RecordedPayment recorded) {
        Payment refund = recorded.payment();
        int unused = sql.dsl()
                .insertInto(FLASHSALE_PAYMENT)
                .set(FLASHSALE_PAYMENT.TRANSACTION_ID, refund.transactionId())
                .set(FLASHSALE_PAYMENT.ORDER_ID, refund.orderId())
                .set(FLASHSALE_PAYMENT.STATUS, refund.status())
                .set(FLASHSALE_PAYMENT.AMOUNT, refund.amount())
                .set(FLASHSALE_PAYMENT.CURRENCY, refund.currency())
                .set(FLASHSALE_PAYMENT.EFFECT, recorded.effect())
                .set(FLASHSALE_PAYMENT.ORDER_STATUS, recorded.orderStatus())
                .set(FLASHSALE_PAYMENT.RECEIVED_AT, NOW)
                .set(FLASHSALE_PAYMENT.REFUND_OF, refund.refundOf())
                .set(FLASHSALE_PAYMENT.RESTOCK, refund.restock())
                .execute();
    }

    /** Nothing is sent for what was applied or ignored. */
    private void list(Collection<RecordedPayment> payments) {
        list(LIST_KEPT, payments, PaymentEffect.KEPT);
        list(LIST_OPEN_REFUNDS, payments, PaymentEffect.REFUND_REQUIRED);
    }

    private void list(HotStatement statement, Collection<RecordedPayment> payments, PaymentEffect effect) {
        List<TransactionId> ids = payments.stream()
                .filter(recorded -> recorded.effect() == effect)
                .map(recorded -> recorded.payment().transactionId())
                .toList();
        if (!ids.isEmpty()) {
            Sql.requireAll(ids, sql.update(statement, ids, Parameters::addTransactions));
        }
    }

    /**
     * New orders have numbers that lie together and next to no payments yet: one step into the index for all of them. The
     * kept payments of others in between are locked along, for as long as this transaction lasts.
     */
    @Override
    public List<Payment> lockKept(Set<OrderId> orderIds) {
        if (orderIds.isEmpty()) {
            return List.of();
        }
        return sql
                .query(
                        LOCK_KEPT,
                        List.of(Collections.min(orderIds), Collections.max(orderIds)),
                        Parameters::addOrders,
                        row -> recorded(row).payment())
                .stream()
                .filter(payment -> orderIds.contains(payment.orderId()))
                .toList();
    }

    private static RecordedPayment recorded(Row row) throws SQLException {
        TransactionId id = new TransactionId(row.text());
        OrderId orderId = new OrderId(row.number());
        PaymentStatus status = row.name(PaymentStatus.class);
        BigDecimal amount = row.decimalIfAny();
        String currency = row.textIfAny();
        PaymentEffect effect = row.name(PaymentEffect.class);
        OrderStatus orderStatus = row.nameIfAny(OrderStatus.class);
        String refundOf = row.textIfAny();
        return new RecordedPayment(
                new Payment(
                        id,
                        orderId,
                        status,
                        amount,
                        currency == null ? null : Currency.getInstance(currency),
                        refundOf == null ? null : new TransactionId(refundOf),
                        row.flag()),
                effect,
                orderStatus);
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
            Sql.requireOne(
                    recorded.payment().transactionId(),
                    sql.dsl()
                            .deleteFrom(FLASHSALE_KEPT_PAYMENT)
                            .where(FLASHSALE_KEPT_PAYMENT.PAYMENT_ID.eq(
                                    numberOf(recorded.payment().transactionId())))
                            .execute());
        }
        list(payments);
    }

    private static Field<Long> numberOf(TransactionId id) {
        return field(
                select(FLASHSALE_PAYMENT.ID).from(FLASHSALE_PAYMENT).where(FLASHSALE_PAYMENT.TRANSACTION_ID.eq(id)));
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
        Map<OrderId, List<RecordedPayment>> locked = selectPayments(sql.dsl(), BY_ORDER)
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
    public List<RecordedPayment> lockOf(OrderId orderId) {
        return selectPayments(sql.dsl(), BY_ORDER)
                .where(FLASHSALE_PAYMENT.ORDER_ID.eq(orderId))
                .forUpdate()
                .fetch()
                .sortAsc(FLASHSALE_PAYMENT.ID)
                .map(JdbcPaymentRepository::recorded);
    }

    @Override
    public List<Payment> lockKeptFor(Duration age, int limit) {
        return selectPayments(sql.dsl(), FLASHSALE_KEPT_PAYMENT.forceIndex("flashsale_kept_payment_by_age"))
                .join(FLASHSALE_PAYMENT)
                .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_KEPT_PAYMENT.PAYMENT_ID))
                .where(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT.le(Sql.ago(age)))
                .orderBy(FLASHSALE_KEPT_PAYMENT.RECEIVED_AT)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(row -> recorded(row).payment());
    }

    @Override
    public Set<TransactionId> openRefunds(Set<TransactionId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        var open = sql.dsl()
                .select(FLASHSALE_PAYMENT.TRANSACTION_ID)
                .from(BY_TRANSACTION)
                .join(FLASHSALE_OPEN_REFUND)
                .on(FLASHSALE_OPEN_REFUND.PAYMENT_ID.eq(FLASHSALE_PAYMENT.ID))
                .where(FLASHSALE_PAYMENT.TRANSACTION_ID.in(ids));
        return (sql.oldSnapshot() ? open.forUpdate() : open).fetchSet(FLASHSALE_PAYMENT.TRANSACTION_ID);
    }

    @Override
    public List<OpenRefund> openRefunds(long after, int limit) {
        return selectPayments(sql.dsl(), FLASHSALE_OPEN_REFUND)
                .join(FLASHSALE_PAYMENT)
                .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_OPEN_REFUND.PAYMENT_ID))
                .where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.gt(after))
                .orderBy(FLASHSALE_OPEN_REFUND.PAYMENT_ID)
                .limit(limit)
                .fetch(row -> new OpenRefund(
                        row.get(FLASHSALE_PAYMENT.ID), recorded(row), row.get(FLASHSALE_PAYMENT.RECEIVED_AT)));
    }

    @Override
    public void refundDone(Set<TransactionId> ids) {
        for (TransactionId id : ids) {
            Sql.requireOne(
                    id,
                    sql.dsl()
                            .deleteFrom(FLASHSALE_OPEN_REFUND)
                            .where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.eq(numberOf(id)))
                            .execute());
        }
    }

    @Override
    public void delete(Set<TransactionId> ids) {
        sql.delete(FLASHSALE_PAYMENT.TRANSACTION_ID, ids);
    }

    private static SelectJoinStep<? extends Record> selectPayments(DSLContext dsl, Table<?> table) {
        return dsl.select(
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT.ORDER_ID,
                        FLASHSALE_PAYMENT.STATUS,
                        FLASHSALE_PAYMENT.AMOUNT,
                        FLASHSALE_PAYMENT.CURRENCY,
                        FLASHSALE_PAYMENT.EFFECT,
                        FLASHSALE_PAYMENT.ORDER_STATUS,
                        FLASHSALE_PAYMENT.REFUND_OF,
                        FLASHSALE_PAYMENT.RESTOCK,
                        FLASHSALE_PAYMENT.ID,
                        FLASHSALE_PAYMENT.RECEIVED_AT)
                .from(table);
    }

    private static RecordedPayment recorded(Record row) {
        return new RecordedPayment(
                new Payment(
                        row.get(FLASHSALE_PAYMENT.TRANSACTION_ID),
                        row.get(FLASHSALE_PAYMENT.ORDER_ID),
                        row.get(FLASHSALE_PAYMENT.STATUS),
                        row.get(FLASHSALE_PAYMENT.AMOUNT),
                        row.get(FLASHSALE_PAYMENT.CURRENCY),
                        row.get(FLASHSALE_PAYMENT.REFUND_OF),
                        row.get(FLASHSALE_PAYMENT.RESTOCK)),
                row.get(FLASHSALE_PAYMENT.EFFECT),
                row.get(FLASHSALE_PAYMENT.ORDER_STATUS));
    }
}
