package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;

import dev.flashsale.domain.payment.OpenRefund;
import dev.flashsale.domain.payment.PaymentLists;
import java.util.List;

/** The payments, as people look at them. */
record JdbcPaymentLists(Sql sql) implements PaymentLists {

    record Page(long after, int limit) {}

    static final Query<Page, OpenRefund> OPEN_REFUNDS = query(
            "payment.pageOfOpenRefunds",
            "PRIMARY",
            PaymentStatements.select(FLASHSALE_OPEN_REFUND)
                    .join(FLASHSALE_PAYMENT)
                    .on(FLASHSALE_PAYMENT.ID.eq(FLASHSALE_OPEN_REFUND.PAYMENT_ID))
                    .where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.gt(Render.param(FLASHSALE_OPEN_REFUND.PAYMENT_ID)))
                    .orderBy(FLASHSALE_OPEN_REFUND.PAYMENT_ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(page.limit()),
            row -> {
                PaymentStatements.Numbered payment = PaymentStatements.numbered(row);
                return new OpenRefund(payment.number(), payment.recorded(), row.time());
            });

    @Override
    public List<OpenRefund> openRefunds(long after, int limit) {
        return sql.queryOne(OPEN_REFUNDS, new Page(after, limit));
    }
}
