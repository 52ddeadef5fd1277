package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.RowChecks.orderIs;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The books of money: of what was reported to be taken, each part pays an order, must be given back, or was given back. So
 * what was given back of a payment is never more than it was; it is all of it once the payment has not to go back any more, or
 * its order is refunded; and less than that before.
 */
final class MoneyCheck {

    private static final Table<Record> SUCCESS = FLASHSALE_PAYMENT.as("success");

    private static final Field<BigDecimal> TAKEN = min(coalesce(of(FLASHSALE_PAYMENT.AMOUNT), FLASHSALE_ORDER.AMOUNT));
    private static final Field<BigDecimal> GIVEN_BACK_OF_IT = sum(FLASHSALE_PAYMENT.GIVEN_BACK);

    private MoneyCheck() {}

    static Query<Integer, Orphan> givenBack() {
        return RowChecks.check(
                "payment of which more or less was given back than its state says",
                Render.SQL
                        .select(FLASHSALE_PAYMENT.GIVES_BACK_OF)
                        .from(FLASHSALE_PAYMENT)
                        .leftJoin(SUCCESS)
                        .on(of(FLASHSALE_PAYMENT.TRANSACTION_ID).eq(FLASHSALE_PAYMENT.GIVES_BACK_OF))
                        .and(is(FLASHSALE_PAYMENT.STATUS, PaymentStatus.SUCCESS))
                        .leftJoin(FLASHSALE_ORDER)
                        .on(FLASHSALE_ORDER
                                .ID
                                .eq(of(FLASHSALE_PAYMENT.ORDER_ID))
                                .and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE)))
                        .leftJoin(FLASHSALE_OPEN_REFUND)
                        .on(FLASHSALE_OPEN_REFUND.PAYMENT_ID.eq(of(FLASHSALE_PAYMENT.ID)))
                        .where(FLASHSALE_PAYMENT.GIVES_BACK_OF.isNotNull())
                        .groupBy(FLASHSALE_PAYMENT.GIVES_BACK_OF)
                        .having(isSo(of(FLASHSALE_PAYMENT.ID).isNull())
                                .or(GIVEN_BACK_OF_IT.gt(TAKEN))
                                .or(isSo(mustBeLess()).and(GIVEN_BACK_OF_IT.ge(TAKEN)))
                                .or(isSo(mustBeAll()).and(GIVEN_BACK_OF_IT.lt(TAKEN))))
                        .orderBy(FLASHSALE_PAYMENT.GIVES_BACK_OF)
                        .limit(Render.LIMIT));
    }

    private static <T> Field<T> of(Field<T> field) {
        return DSL.field(DSL.name("success", field.getName()), field.getType());
    }

    private static Condition is(Field<String> field, Enum<?> name) {
        return of(field).eq(Render.name(name));
    }

    /** Of the one success that all refunds of a group are of. */
    private static Condition isSo(Condition ofSuccess) {
        return max(when(ofSuccess, Render.ONE).otherwise(inline(0))).eq(Render.ONE);
    }

    private static Condition mustBeLess() {
        return FLASHSALE_OPEN_REFUND
                .PAYMENT_ID
                .isNotNull()
                .or(is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.APPLIED).and(orderIs(OrderStatus.PAID)));
    }

    private static Condition mustBeAll() {
        return is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.REFUND_REQUIRED)
                .and(FLASHSALE_OPEN_REFUND.PAYMENT_ID.isNull())
                .or(is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.APPLIED)
                        .and(orderIs(OrderStatus.REFUNDED, OrderStatus.RETURNED)));
    }
}
