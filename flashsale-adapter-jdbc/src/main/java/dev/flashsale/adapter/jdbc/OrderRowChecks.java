package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.impl.DSL;

/** Orders that lack or contradict their hold or the payment that made them what they are. */
final class OrderRowChecks extends RowChecks {

    OrderRowChecks(Sql sql) {
        super(sql);
    }

    @Override
    Stream<List<Orphan>> all() {
        return Stream.of(
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
                repeated("hold with several orders", FLASHSALE_ORDER.HOLD_ID, DSL.noCondition()),
                orphans(
                        "paid order without the payment that was applied",
                        FLASHSALE_ORDER.ID,
                        orderIs(OrderStatus.PAID)
                                .and(ORDER_CAN_BE_PAID)
                                .and(notExists(selectOne()
                                        .from(FLASHSALE_PAYMENT)
                                        .where(ORDER_OF_PAYMENT.and(applied(PaymentStatus.SUCCESS)))))),
                orphans(
                        "failed order without the payment that was applied",
                        FLASHSALE_ORDER.ID,
                        orderIs(OrderStatus.FAILED)
                                .and(ORDER_CAN_BE_PAID)
                                .and(notExists(selectOne()
                                        .from(FLASHSALE_PAYMENT)
                                        .where(ORDER_OF_PAYMENT.and(applied(PaymentStatus.FAILED)))))));
    }
}
