package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Payments that lack or contradict their order, or are there twice. */
final class PaymentRowChecks extends RowChecks {

    PaymentRowChecks(Sql sql) {
        super(sql);
    }

    @Override
    Stream<List<Orphan>> all() {
        Condition unpaid = orderIs(OrderStatus.PENDING)
                .or(orderIs(OrderStatus.FAILED))
                .or(orderIs(OrderStatus.EXPIRED))
                .or(orderIs(OrderStatus.CANCELLED));
        return Stream.of(
                orphans(
                        "decided payment without order",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT
                                .ORDER_STATUS
                                .isNotNull()
                                .and(notExists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT)))),
                orphans(
                        "payment kept although its order exists",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        PAYMENT_IS_KEPT.and(exists(
                                selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT.and(ORDER_CAN_BE_PAID))))),
                orphans(
                        "applied payment whose order is not paid",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        applied(PaymentStatus.SUCCESS)
                                .and(exists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT.and(unpaid))))),
                orphans(
                        "applied failure whose order is still pending",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        applied(PaymentStatus.FAILED)
                                .and(exists(selectOne()
                                        .from(FLASHSALE_ORDER)
                                        .where(ORDER_OF_PAYMENT.and(orderIs(OrderStatus.PENDING)))))),
                repeated("transaction recorded more than once", FLASHSALE_PAYMENT.TRANSACTION_ID, DSL.noCondition()),
                repeated(
                        "order to which several payments were applied",
                        FLASHSALE_PAYMENT.ORDER_ID,
                        applied(PaymentStatus.SUCCESS)));
    }
}
