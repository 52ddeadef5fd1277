package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_KEPT_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.ReceivedPayment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/** The payments, as people look at them. */
record JdbcPaymentLists(Sql sql) implements PaymentLists {

    record Page(long after, int limit) {}

    static final Query<Page, Looked<Long, ReceivedPayment>> OPEN_REFUNDS =
            page("payment.pageOfOpenRefunds", FLASHSALE_OPEN_REFUND, FLASHSALE_OPEN_REFUND.PAYMENT_ID);

    static final Query<Page, Looked<Long, ReceivedPayment>> KEPT =
            page("payment.pageOfKept", FLASHSALE_KEPT_PAYMENT, FLASHSALE_KEPT_PAYMENT.PAYMENT_ID);

    static final Query<OrderId, Looked<Long, ReceivedPayment>> OF_ORDERS = query(
            "payment.ofOrders",
            PaymentStatements.OF_ORDER,
            length -> PaymentStatements.select(PaymentStatements.BY_ORDER, Render.NOW)
                    .where(Render.anyOf(FLASHSALE_PAYMENT.ORDER_ID, length)),
            Bind.ORDERS,
            Looked.at(PaymentStatements::number, JdbcPaymentLists::received));

    /** Of the payments that are in a list. */
    private static Query<Page, Looked<Long, ReceivedPayment>> page(
            String name, Table<Record> list, TableField<Record, Long> number) {
        return query(
                name,
                "PRIMARY",
                PaymentStatements.select(list, Render.NOW)
                        .join(FLASHSALE_PAYMENT)
                        .on(FLASHSALE_PAYMENT.ID.eq(number))
                        .where(number.gt(Render.param(number)))
                        .orderBy(number)
                        .limit(Render.LIMIT),
                (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
                Looked.at(PaymentStatements::number, JdbcPaymentLists::received));
    }

    private static At<ReceivedPayment> received(Row row) throws SQLException {
        PaymentStatements.Numbered payment = PaymentStatements.numbered(row);
        return new At<>(new ReceivedPayment(payment.number(), payment.recorded(), row.time()), row.time());
    }

    @Override
    public Slice<Long, ReceivedPayment> openRefunds(long after, int limit) {
        return Looked.slice(sql, sql.queryOne(OPEN_REFUNDS, new Page(after, limit)), limit);
    }

    @Override
    public Slice<Long, ReceivedPayment> kept(long after, int limit) {
        return Looked.slice(sql, sql.queryOne(KEPT, new Page(after, limit)), limit);
    }

    @Override
    public Slice<Long, ListedConflict> conflicts(long after, int limit) {
        return Looked.slice(sql, sql.queryOne(ConflictStatements.OPEN, new Page(after, limit)), limit);
    }

    /** Sorted here: the server would do so by reading in another way. */
    @Override
    public Slice<Long, ReceivedPayment> ofOrders(Set<OrderId> ids) {
        List<Looked<Long, ReceivedPayment>> found = new ArrayList<>(sql.query(OF_ORDERS, ids));
        found.sort(Comparator.comparing(Looked::where));
        return Looked.slice(sql, found, Integer.MAX_VALUE);
    }
}
