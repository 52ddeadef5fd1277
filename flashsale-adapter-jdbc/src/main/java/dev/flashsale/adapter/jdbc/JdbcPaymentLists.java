package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.payment.OpenRefund;
import dev.flashsale.domain.payment.PaymentLists;

/** The payments, as people look at them. */
record JdbcPaymentLists(Sql sql) implements PaymentLists {

    record Page(long after, int limit) {}

    static final Query<Page, Looked<Long, OpenRefund>> OPEN_REFUNDS = query(
            "payment.pageOfOpenRefunds",
            "PRIMARY",
            PaymentStatements.select(FLASHSALE_OPEN_REFUND, Render.NOW)
                    .join(FLASHSALE_PAYMENT)
                    .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_OPEN_REFUND.PAYMENT_ID))
                    .where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.gt(Render.param(FLASHSALE_OPEN_REFUND.PAYMENT_ID)))
                    .orderBy(FLASHSALE_OPEN_REFUND.PAYMENT_ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
            Looked.at(PaymentStatements::number, row -> {
                PaymentStatements.Numbered payment = PaymentStatements.numbered(row);
                return new At<>(new OpenRefund(payment.number(), payment.recorded(), row.time()), row.time());
            }));

    @Override
    public Slice<Long, OpenRefund> openRefunds(long after, int limit) {
        return Looked.slice(sql, sql.queryOne(OPEN_REFUNDS, new Page(after, limit)), limit);
    }
}
