package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** What checks for rows that lack or contradict one another are made of. All read the audit's snapshot. */
final class RowChecks {

    static final Condition HOLD_IS_ORDERED = Render.is(FLASHSALE_HOLD.STATUS, HoldStatus.ORDERED);

    /** Line by line. */
    static final Condition HOLD_OF_ORDER =
            FLASHSALE_HOLD.ID.eq(FLASHSALE_ORDER.HOLD_ID).and(FLASHSALE_HOLD.LINE_NO.eq(FLASHSALE_ORDER.LINE_NO));

    /** Whether the limit counts it for its customer. */
    static final Condition HOLD_COUNTS = FLASHSALE_HOLD
            .CUSTOMER_ID
            .isNotNull()
            .and(Render.is(FLASHSALE_HOLD.STATUS, HoldStatus.ACTIVE, HoldStatus.ORDERED));

    /** Whether the limit must count it: a hold whose order has given its pieces back need not be there. */
    static final Condition HOLD_MUST_COUNT = HOLD_COUNTS.and(Render.is(FLASHSALE_HOLD.STATUS, HoldStatus.ACTIVE)
            .or(exists(selectOne()
                    .from(FLASHSALE_ORDER)
                    .where(HOLD_OF_ORDER)
                    .and(Render.is(
                            FLASHSALE_ORDER.STATUS, OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.REFUNDED)))));

    /** Its first line. */
    static final Condition ORDER_OF_PAYMENT =
            FLASHSALE_ORDER.ID.eq(FLASHSALE_PAYMENT.ORDER_ID).and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE));

    /** Of a first line, which has the amount of all. */
    static final Condition COSTS_SOMETHING = FLASHSALE_ORDER.AMOUNT.gt(DSL.inline(BigDecimal.ZERO));

    static final Condition PAYMENT_IS_KEPT = Render.is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.KEPT);

    private RowChecks() {}

    /** What there must be one of at most. */
    static Query<Integer, Orphan> repeated(String what, TableField<Record, ?> field, Condition which) {
        return grouped(what, field, which, count().gt(Render.ONE));
    }

    /**
     * Lines that are not all there, or of which one has become something else than the others.
     *
     * @param whileExpiring what lines may be at the same time: each expires by itself
     */
    static Query<Integer, Orphan> oddLines(
            String what,
            TableField<Record, ?> id,
            TableField<Record, Integer> count,
            TableField<Record, String> status,
            Enum<?>... whileExpiring) {
        return grouped(
                what,
                id,
                DSL.noCondition(),
                max(count)
                        .ne(count())
                        .or(max(count).ne(min(count)))
                        .or(countDistinct(when(Render.is(status, whileExpiring), inline("expiring"))
                                        .otherwise(status))
                                .gt(Render.ONE)));
    }

    static Query<Integer, Orphan> grouped(String what, TableField<Record, ?> field, Condition which, Condition having) {
        return check(
                what,
                Render.SQL
                        .select(field)
                        .from(field.getTable())
                        .where(which)
                        .groupBy(field)
                        .having(having)
                        .orderBy(field)
                        .limit(Render.LIMIT));
    }

    static Query<Integer, Orphan> orphans(String what, TableField<Record, ?> id, Condition which) {
        return check(
                what,
                Render.SQL
                        .selectDistinct(id)
                        .from(id.getTable())
                        .where(which)
                        .orderBy(id)
                        .limit(Render.LIMIT));
    }

    static Query<Integer, Orphan> check(String what, Select<?> ids) {
        return Query.query(
                what,
                Declaration.SCAN,
                ids,
                (limit, parameters) -> parameters.add(limit.intValue()),
                row -> new Orphan(what, row.id()));
    }

    /** In words of ours: jOOQ's method takes another type since 3.21, so what calls it runs either before or from there on. */
    static Condition exists(Select<?> rows) {
        return DSL.condition("exists ({0})", rows);
    }

    static Condition notExists(Select<?> rows) {
        return DSL.condition("not exists ({0})", rows);
    }

    static Condition applied(PaymentStatus status) {
        return Render.is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.APPLIED)
                .and(Render.is(FLASHSALE_PAYMENT.STATUS, status));
    }

    static Condition orderIs(OrderStatus... statuses) {
        return Render.is(FLASHSALE_ORDER.STATUS, statuses);
    }
}
