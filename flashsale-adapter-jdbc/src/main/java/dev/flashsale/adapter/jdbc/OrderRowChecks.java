package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.RowChecks.COSTS_SOMETHING;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_IS_ORDERED;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_OF_ORDER;
import static dev.flashsale.adapter.jdbc.RowChecks.ORDER_OF_PAYMENT;
import static dev.flashsale.adapter.jdbc.RowChecks.applied;
import static dev.flashsale.adapter.jdbc.RowChecks.exists;
import static dev.flashsale.adapter.jdbc.RowChecks.grouped;
import static dev.flashsale.adapter.jdbc.RowChecks.notExists;
import static dev.flashsale.adapter.jdbc.RowChecks.oddLines;
import static dev.flashsale.adapter.jdbc.RowChecks.orderIs;
import static dev.flashsale.adapter.jdbc.RowChecks.orphans;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Orders that lack a line, or lack or contradict their hold or the payment that made them what they are. */
final class OrderRowChecks {

    static final List<Query<Integer, Orphan>> ALL = List.of(
            orphans(
                    "order without a hold that is ordered",
                    FLASHSALE_ORDER.ID,
                    notExists(selectOne().from(FLASHSALE_HOLD).where(HOLD_OF_ORDER.and(HOLD_IS_ORDERED)))),
            orphans(
                    "order of something else than its hold",
                    FLASHSALE_ORDER.ID,
                    exists(selectOne()
                            .from(FLASHSALE_HOLD)
                            .where(HOLD_OF_ORDER.and(FLASHSALE_HOLD
                                    .PRODUCT_ID
                                    .ne(FLASHSALE_ORDER.PRODUCT_ID)
                                    .or(FLASHSALE_HOLD.QUANTITY.ne(FLASHSALE_ORDER.QUANTITY)))))),
            grouped(
                    "hold with several orders",
                    FLASHSALE_ORDER.HOLD_ID,
                    DSL.noCondition(),
                    countDistinct(FLASHSALE_ORDER.ID).gt(Render.ONE)),
            orphans(
                    "paid order without the payment that was applied",
                    FLASHSALE_ORDER.ID,
                    orderIs(OrderStatus.PAID).and(COSTS_SOMETHING).and(without(PaymentStatus.SUCCESS))),
            orphans(
                    "failed order without the payment that was applied",
                    FLASHSALE_ORDER.ID,
                    orderIs(OrderStatus.FAILED).and(without(PaymentStatus.FAILED))),
            oddLines(
                    "order of several products whose lines do not fit together",
                    FLASHSALE_ORDER.ID,
                    FLASHSALE_ORDER.LINE_COUNT,
                    FLASHSALE_ORDER.STATUS,
                    OrderStatus.PENDING,
                    OrderStatus.EXPIRED));

    private OrderRowChecks() {}

    private static Condition without(PaymentStatus applied) {
        return FLASHSALE_ORDER
                .LINE_NO
                .eq(Render.ONE)
                .and(notExists(selectOne().from(FLASHSALE_PAYMENT).where(ORDER_OF_PAYMENT.and(applied(applied)))));
    }
}
