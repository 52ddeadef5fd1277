package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.RowChecks.COSTS_SOMETHING;
import static dev.flashsale.adapter.jdbc.RowChecks.ORDER_OF_PAYMENT;
import static dev.flashsale.adapter.jdbc.RowChecks.PAYMENT_IS_KEPT;
import static dev.flashsale.adapter.jdbc.RowChecks.applied;
import static dev.flashsale.adapter.jdbc.RowChecks.exists;
import static dev.flashsale.adapter.jdbc.RowChecks.notExists;
import static dev.flashsale.adapter.jdbc.RowChecks.orderIs;
import static dev.flashsale.adapter.jdbc.RowChecks.orphans;
import static dev.flashsale.adapter.jdbc.RowChecks.repeated;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import org.jooq.Condition;

/** Payments that lack or contradict their order, or are there twice. */
final class PaymentRowChecks {

    /** What costs nothing may be cancelled after it was paid. */
    private static final Condition UNPAID = orderIs(OrderStatus.PENDING, OrderStatus.FAILED, OrderStatus.EXPIRED)
            .or(orderIs(OrderStatus.CANCELLED).and(COSTS_SOMETHING));

    static final List<Query<Integer, Orphan>> ALL = List.of(
            orphans(
                    "decided payment without order",
                    FLASHSALE_PAYMENT.TRANSACTION_ID,
                    FLASHSALE_PAYMENT
                            .ORDER_STATUS
                            .isNotNull()
                            .and(notExists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT)))),
            orphans(
                    Orphan.KEPT_THOUGH_ORDERED,
                    FLASHSALE_PAYMENT.TRANSACTION_ID,
                    PAYMENT_IS_KEPT.and(exists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT)))),
            orphans(
                    "applied payment whose order is not paid",
                    FLASHSALE_PAYMENT.TRANSACTION_ID,
                    applied(PaymentStatus.SUCCESS)
                            .and(exists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT.and(UNPAID))))),
            orphans(
                    "applied failure whose order is still pending",
                    FLASHSALE_PAYMENT.TRANSACTION_ID,
                    applied(PaymentStatus.FAILED)
                            .and(exists(selectOne()
                                    .from(FLASHSALE_ORDER)
                                    .where(ORDER_OF_PAYMENT.and(orderIs(OrderStatus.PENDING)))))),
            repeated(
                    "transaction whose success is recorded more than once",
                    FLASHSALE_PAYMENT.TRANSACTION_ID,
                    Render.is(FLASHSALE_PAYMENT.STATUS, PaymentStatus.SUCCESS)),
            MoneyCheck.givenBack(),
            repeated(
                    "order to which several payments were applied",
                    FLASHSALE_PAYMENT.ORDER_ID,
                    applied(PaymentStatus.SUCCESS)));

    private PaymentRowChecks() {}
}
