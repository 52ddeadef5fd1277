package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.ReceivedPayment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The payments, as people look at them. */
record JdbcPaymentLists(Sql sql) implements PaymentLists {

    record Page(long after, int limit) {}

    static final Query<Page, Looked<Long, ReceivedPayment>> OPEN_REFUNDS = query(
            "payment.pageOfOpenRefunds",
            "PRIMARY",
            PaymentStatements.select(FLASHSALE_OPEN_REFUND, Render.NOW)
                    .join(FLASHSALE_PAYMENT)
                    .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_OPEN_REFUND.PAYMENT_ID))
                    .where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.gt(Render.param(FLASHSALE_OPEN_REFUND.PAYMENT_ID)))
                    .orderBy(FLASHSALE_OPEN_REFUND.PAYMENT_ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
            Looked.at(PaymentStatements::number, JdbcPaymentLists::received));

    static final Query<OrderId, Looked<Long, ReceivedPayment>> OF_ORDERS = query(
            "payment.ofOrders",
            PaymentStatements.OF_ORDER,
            length -> PaymentStatements.select(PaymentStatements.BY_ORDER, Render.NOW)
                    .where(Render.anyOf(FLASHSALE_PAYMENT.ORDER_ID, length)),
            Bind.ORDERS,
            Looked.at(PaymentStatements::number, JdbcPaymentLists::received));

    private static At<ReceivedPayment> received(Row row) throws SQLException {
        PaymentStatements.Numbered payment = PaymentStatements.numbered(row);
        return new At<>(new ReceivedPayment(payment.number(), payment.recorded(), row.time()), row.time());
    }

    @Override
    public Slice<Long, ReceivedPayment> openRefunds(long after, int limit) {
        return Looked.slice(sql, sql.queryOne(OPEN_REFUNDS, new Page(after, limit)), limit);
    }

    /** Sorted here: the server would do so by reading in another way. */
    @Override
    public Slice<Long, ReceivedPayment> ofOrders(Set<OrderId> ids) {
        List<Looked<Long, ReceivedPayment>> found = new ArrayList<>(sql.query(OF_ORDERS, ids));
        found.sort(Comparator.comparing(Looked::where));
        return Looked.slice(sql, found, Integer.MAX_VALUE);
    }
}
