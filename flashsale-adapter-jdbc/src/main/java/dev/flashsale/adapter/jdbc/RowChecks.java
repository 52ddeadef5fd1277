package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Rows that lack or contradict one another, of one kind of row. All read the audit's snapshot. */
abstract class RowChecks {

    static final Condition HOLD_IS_ORDERED =
            FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ORDERED, FLASHSALE_HOLD.STATUS));
    static final Condition HOLD_OF_ORDER = FLASHSALE_HOLD.ID.eq(FLASHSALE_ORDER.HOLD_ID);
    static final Condition ORDER_OF_PAYMENT = FLASHSALE_ORDER.ID.eq(FLASHSALE_PAYMENT.ORDER_ID);
    /** Payments are for the first line of an order of several products. */
    static final Condition ORDER_CAN_BE_PAID = FLASHSALE_ORDER.LINE_COUNT.gt(inline((byte) 0));

    static final Condition PAYMENT_IS_KEPT =
            FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT));

    final Sql sql;

    RowChecks(Sql sql) {
        this.sql = sql;
    }

    /** What each check finds. */
    abstract Stream<List<Orphan>> all();

    /** What there must be one of at most. */
    final List<Orphan> repeated(String what, TableField<?, ?> field, Condition which) {
        return sql.dsl()
                .select(field)
                .from(field.getTable())
                .where(which)
                .groupBy(field)
                .having(count().gt(inline(1)))
                .orderBy(field)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new Orphan(what, row.value1().toString()));
    }

    final List<Orphan> orphans(String what, TableField<?, ?> id, Condition which) {
        return sql.dsl()
                .select(id)
                .from(id.getTable())
                .where(which)
                .orderBy(id)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new Orphan(what, row.value1().toString()));
    }

    /** In words of ours: jOOQ's method takes another type since 3.21, so what calls it runs either before or from there on. */
    static Condition exists(Select<?> rows) {
        return DSL.condition("exists ({0})", rows);
    }

    static Condition notExists(Select<?> rows) {
        return DSL.condition("not exists ({0})", rows);
    }

    static Condition orderIs(OrderStatus status) {
        return FLASHSALE_ORDER.STATUS.eq(inline(status, FLASHSALE_ORDER.STATUS));
    }

    static Condition applied(PaymentStatus status) {
        return FLASHSALE_PAYMENT
                .EFFECT
                .eq(inline(PaymentEffect.APPLIED, FLASHSALE_PAYMENT.EFFECT))
                .and(FLASHSALE_PAYMENT.STATUS.eq(inline(status, FLASHSALE_PAYMENT.STATUS)));
    }
}
