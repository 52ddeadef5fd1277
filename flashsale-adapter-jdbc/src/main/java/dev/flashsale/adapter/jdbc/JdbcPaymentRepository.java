package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

final class JdbcPaymentRepository implements PaymentRepository {

    private final Sql sql;

    private final HotStatement lock;
    private final HotStatement insert;
    private final HotStatement lockKept;

    JdbcPaymentRepository(Sql sql) {
        this.sql = sql;
        lock = sql.hot(length -> selectPayments(Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_once"))
                .where(Sql.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))
                .orderBy(FLASHSALE_PAYMENT.TRANSACTION_ID)
                .forUpdate());
        insert = sql.hot(this::insertRows);
        lockKept = sql.hot(length -> selectPayments(Sql.by(FLASHSALE_PAYMENT, "flashsale_payment_by_order"))
                .where(FLASHSALE_PAYMENT.ORDER_ID.between(
                        Sql.param(FLASHSALE_PAYMENT.ORDER_ID), Sql.param(FLASHSALE_PAYMENT.ORDER_ID)))
                .and(FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT)))
                .orderBy(FLASHSALE_PAYMENT.ID)
                .forUpdate());
    }

    private Query insertRows(int length) {
        return sql.dsl()
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

    @Override
    public Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids) {
        return lock.query(List.copyOf(ids), Parameters::addTransactions, JdbcPaymentRepository::recorded).stream()
                .collect(Collectors.toMap(recorded -> recorded.payment().transactionId(), Function.identity()));
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        int unused = insert.update(List.copyOf(payments), (some, parameters) -> {
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
        return lockKept
                .query(
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
        return new RecordedPayment(
                new Payment(id, orderId, status, amount, currency == null ? null : Currency.getInstance(currency)),
                row.name(PaymentEffect.class),
                row.nameIfAny(OrderStatus.class));
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
