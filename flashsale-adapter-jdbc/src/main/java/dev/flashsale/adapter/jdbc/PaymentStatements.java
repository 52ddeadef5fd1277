package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_KEPT_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPEN_REFUND;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.row;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What requests send about payments, and how a row of theirs is read. */
final class PaymentStatements {

    static final String ONCE = "flashsale_payment_once";
    static final String OF_ORDER = "flashsale_payment_by_order";
    static final Table<Record> BY_TRANSACTION = Render.by(FLASHSALE_PAYMENT, ONCE);
    static final Table<Record> BY_ORDER = Render.by(FLASHSALE_PAYMENT, OF_ORDER);

    static final Condition IS_REPORT =
            Render.is(FLASHSALE_PAYMENT.TRANSACTION_ID).and(Render.is(FLASHSALE_PAYMENT.STATUS));

    /** That money was taken: none but these are given back. */
    private static final Condition IS_SUCCESS = Render.is(FLASHSALE_PAYMENT.STATUS, PaymentStatus.SUCCESS);

    private static final Field<Long> NUMBER =
            field(DSL.select(FLASHSALE_PAYMENT.ID).from(FLASHSALE_PAYMENT).where(IS_REPORT));

    private static final Field<Long> NUMBER_OF_SUCCESS = field(DSL.select(FLASHSALE_PAYMENT.ID)
            .from(FLASHSALE_PAYMENT)
            .where(Render.is(FLASHSALE_PAYMENT.TRANSACTION_ID))
            .and(IS_SUCCESS));

    static final Query<TransactionId, RecordedPayment> LOCK = query(
            "payment.lock",
            ONCE,
            length -> select(BY_TRANSACTION)
                    .where(Render.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))
                    .orderBy(FLASHSALE_PAYMENT.TRANSACTION_ID, FLASHSALE_PAYMENT.STATUS)
                    .forUpdate(),
            Bind.TRANSACTIONS,
            PaymentStatements::recorded);

    static final Query<TransactionId, TransactionId> IDS = query(
            "payment.ids",
            ONCE,
            length -> Render.SQL
                    .select(FLASHSALE_PAYMENT.TRANSACTION_ID)
                    .from(BY_TRANSACTION)
                    .where(Render.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length)),
            Bind.TRANSACTIONS,
            Row::transaction);

    static final Update<RecordedPayment> INSERT = update(
            "payment.insert",
            "PRIMARY",
            length -> Render.SQL
                    .insertInto(
                            FLASHSALE_PAYMENT,
                            FLASHSALE_PAYMENT.TRANSACTION_ID,
                            FLASHSALE_PAYMENT.ORDER_ID,
                            FLASHSALE_PAYMENT.STATUS,
                            FLASHSALE_PAYMENT.AMOUNT,
                            FLASHSALE_PAYMENT.CURRENCY,
                            FLASHSALE_PAYMENT.REFUND_OF,
                            FLASHSALE_PAYMENT.RESTOCK,
                            FLASHSALE_PAYMENT.REFERENCE,
                            FLASHSALE_PAYMENT.PIECES,
                            FLASHSALE_PAYMENT.GIVES_BACK_OF,
                            FLASHSALE_PAYMENT.GIVEN_BACK,
                            FLASHSALE_PAYMENT.EFFECT,
                            FLASHSALE_PAYMENT.ORDER_STATUS,
                            FLASHSALE_PAYMENT.RECEIVED_AT)
                    .valuesOfRows(Collections.nCopies(
                            length,
                            row(
                                    Render.param(FLASHSALE_PAYMENT.TRANSACTION_ID),
                                    Render.param(FLASHSALE_PAYMENT.ORDER_ID),
                                    Render.param(FLASHSALE_PAYMENT.STATUS),
                                    Render.param(FLASHSALE_PAYMENT.AMOUNT),
                                    Render.param(FLASHSALE_PAYMENT.CURRENCY),
                                    Render.param(FLASHSALE_PAYMENT.REFUND_OF),
                                    Render.param(FLASHSALE_PAYMENT.RESTOCK),
                                    Render.param(FLASHSALE_PAYMENT.REFERENCE),
                                    Render.param(FLASHSALE_PAYMENT.PIECES),
                                    Render.param(FLASHSALE_PAYMENT.GIVES_BACK_OF),
                                    Render.param(FLASHSALE_PAYMENT.GIVEN_BACK),
                                    Render.param(FLASHSALE_PAYMENT.EFFECT),
                                    Render.param(FLASHSALE_PAYMENT.ORDER_STATUS),
                                    NOW))),
            each((recorded, parameters) -> {
                Payment payment = recorded.payment();
                GivenBack givesBack = recorded.givesBack();
                parameters
                        .add(payment.transactionId())
                        .add(payment.orderId())
                        .add(payment.status())
                        .add(payment.amount())
                        .add(payment.currency())
                        .add(payment.refundOf())
                        .add(payment.restock())
                        .add(payment.reference())
                        .add(Pieces.write(payment.pieces()))
                        .add(givesBack == null ? null : givesBack.payment())
                        .add(givesBack == null ? null : givesBack.amount())
                        .add(recorded.effect())
                        .add(recorded.orderStatus());
            }));

    static final Update<ReportId> LIST_KEPT = update(
            "payment.listKept",
            ONCE,
            length -> Render.SQL
                    .insertInto(
                            FLASHSALE_KEPT_PAYMENT,
                            FLASHSALE_KEPT_PAYMENT.PAYMENT_ID,
                            FLASHSALE_KEPT_PAYMENT.RECEIVED_AT)
                    .select(DSL.select(FLASHSALE_PAYMENT.ID, FLASHSALE_PAYMENT.RECEIVED_AT)
                            .from(BY_TRANSACTION)
                            .where(DSL.or(Collections.nCopies(length, IS_REPORT)))),
            each(PaymentStatements::bind));

    static final Update<TransactionId> LIST_OPEN_REFUNDS = update(
            "payment.listOpenRefunds",
            ONCE,
            length -> Render.SQL
                    .insertInto(FLASHSALE_OPEN_REFUND, FLASHSALE_OPEN_REFUND.PAYMENT_ID)
                    .select(DSL.select(FLASHSALE_PAYMENT.ID)
                            .from(BY_TRANSACTION)
                            .where(Render.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))
                            .and(IS_SUCCESS)),
            Bind.TRANSACTIONS);

    record Between(OrderId first, OrderId last) {}

    static final Query<Between, Optional<RecordedPayment>> LOCK_KEPT = query(
            "payment.lockKept",
            OF_ORDER,
            select(BY_ORDER)
                    .where(FLASHSALE_PAYMENT.ORDER_ID.between(
                            Render.param(FLASHSALE_PAYMENT.ORDER_ID), Render.param(FLASHSALE_PAYMENT.ORDER_ID)))
                    .and(Render.is(FLASHSALE_PAYMENT.EFFECT, PaymentEffect.KEPT))
                    .orderBy(FLASHSALE_PAYMENT.ID)
                    .forUpdate(),
            (between, parameters) -> parameters.add(between.first()).add(between.last()),
            Query.ifReadable(PaymentStatements::recorded));

    /** Not sorted by the server, which would do so by reading in another way. */
    static final Query<OrderId, Numbered> LOCK_OF = query(
            "payment.lockOf",
            OF_ORDER,
            select(BY_ORDER).where(Render.is(FLASHSALE_PAYMENT.ORDER_ID)).forUpdate(),
            (order, parameters) -> parameters.add(order),
            PaymentStatements::numbered);

    static final Update<RecordedPayment> SETTLE = update(
            "payment.settle",
            ONCE,
            Render.SQL
                    .update(FLASHSALE_PAYMENT)
                    .set(FLASHSALE_PAYMENT.EFFECT, Render.param(FLASHSALE_PAYMENT.EFFECT))
                    .set(FLASHSALE_PAYMENT.ORDER_STATUS, Render.param(FLASHSALE_PAYMENT.ORDER_STATUS))
                    .where(IS_REPORT),
            (recorded, parameters) -> bind(
                    recorded.payment().id(), parameters.add(recorded.effect()).add(recorded.orderStatus())));

    static final Update<ReportId> KEEP_NO_MORE = update(
            "payment.keepNoMore",
            "PRIMARY " + ONCE,
            Render.SQL.deleteFrom(FLASHSALE_KEPT_PAYMENT).where(FLASHSALE_KEPT_PAYMENT.PAYMENT_ID.eq(NUMBER)),
            PaymentStatements::bind);

    static final Update<TransactionId> REFUND_DONE = update(
            "payment.refundDone",
            "PRIMARY " + ONCE,
            Render.SQL.deleteFrom(FLASHSALE_OPEN_REFUND).where(FLASHSALE_OPEN_REFUND.PAYMENT_ID.eq(NUMBER_OF_SUCCESS)),
            (id, parameters) -> parameters.add(id));

    static final Query<TransactionId, TransactionId> OPEN_REFUNDS = query(
            "payment.openRefunds",
            "PRIMARY " + ONCE,
            PaymentStatements::openRefunds,
            Bind.TRANSACTIONS,
            Row::transaction);

    static final Query<TransactionId, TransactionId> LOCK_OPEN_REFUNDS = OPEN_REFUNDS.locked();

    private PaymentStatements() {}

    private static Select<?> openRefunds(int length) {
        return Render.SQL
                .select(FLASHSALE_PAYMENT.TRANSACTION_ID)
                .from(BY_TRANSACTION)
                .join(FLASHSALE_OPEN_REFUND)
                .on(FLASHSALE_OPEN_REFUND.PAYMENT_ID.eq(FLASHSALE_PAYMENT.ID))
                .where(Render.anyOf(FLASHSALE_PAYMENT.TRANSACTION_ID, length))
                .and(IS_SUCCESS);
    }

    /** For {@link #IS_REPORT}. */
    static void bind(ReportId id, Parameters parameters) throws SQLException {
        Parameters unused = parameters.add(id.transactionId()).add(id.status());
    }

    /** As {@link #recorded} and {@link #numbered} read it. */
    static SelectJoinStep<?> select(Table<?> table, Field<?>... more) {
        return Render.SQL
                .select(
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT.ORDER_ID,
                        FLASHSALE_PAYMENT.STATUS,
                        FLASHSALE_PAYMENT.AMOUNT,
                        FLASHSALE_PAYMENT.CURRENCY,
                        FLASHSALE_PAYMENT.EFFECT,
                        FLASHSALE_PAYMENT.ORDER_STATUS,
                        FLASHSALE_PAYMENT.REFUND_OF,
                        FLASHSALE_PAYMENT.RESTOCK,
                        FLASHSALE_PAYMENT.REFERENCE,
                        FLASHSALE_PAYMENT.PIECES,
                        FLASHSALE_PAYMENT.GIVES_BACK_OF,
                        FLASHSALE_PAYMENT.GIVEN_BACK,
                        FLASHSALE_PAYMENT.ID,
                        FLASHSALE_PAYMENT.RECEIVED_AT)
                .select(more)
                .from(table);
    }

    static RecordedPayment recorded(Row row) throws SQLException {
        TransactionId id = row.transaction();
        OrderId orderId = row.order();
        PaymentStatus status = row.name(PaymentStatus.class);
        BigDecimal amount = row.decimalIfAny();
        Currency currency = row.currencyIfAny();
        PaymentEffect effect = row.name(PaymentEffect.class);
        OrderStatus orderStatus = row.nameIfAny(OrderStatus.class);
        String refundOf = row.textIfAny();
        boolean restock = row.flag();
        HoldId reference = row.holdIdIfAny();
        List<Item> pieces = Pieces.read(row.textIfAny());
        String givesBackOf = row.textIfAny();
        BigDecimal givenBack = row.decimalIfAny();
        return new RecordedPayment(
                new Payment(
                        id,
                        orderId,
                        reference,
                        status,
                        amount,
                        currency,
                        refundOf == null ? null : new TransactionId(refundOf),
                        restock,
                        pieces),
                effect,
                orderStatus,
                givesBackOf == null || givenBack == null
                        ? null
                        : new GivenBack(new TransactionId(givesBackOf), givenBack));
    }

    /** A payment and its place among those of its order. */
    record Numbered(RecordedPayment recorded, long number) {}

    /** Its place alone. */
    static long number(Row row) throws SQLException {
        row.skip(13);
        return row.number();
    }

    static Numbered numbered(Row row) throws SQLException {
        return new Numbered(recorded(row), row.number());
    }
}
