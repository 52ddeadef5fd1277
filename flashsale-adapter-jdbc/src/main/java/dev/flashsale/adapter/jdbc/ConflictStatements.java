package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT_CONFLICT;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReportId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** What is sent about reports that contradict what is known. */
final class ConflictStatements {

    private static final String NOT_RESOLVED = "flashsale_payment_conflict_open";

    private static final List<TableField<Record, ?>> REPORT = List.of(
            FLASHSALE_PAYMENT_CONFLICT.TRANSACTION_ID,
            FLASHSALE_PAYMENT_CONFLICT.STATUS,
            FLASHSALE_PAYMENT_CONFLICT.ORDER_ID,
            FLASHSALE_PAYMENT_CONFLICT.REFERENCE,
            FLASHSALE_PAYMENT_CONFLICT.AMOUNT,
            FLASHSALE_PAYMENT_CONFLICT.CURRENCY,
            FLASHSALE_PAYMENT_CONFLICT.KNOWN_ORDER_ID);

    private static final List<TableField<Record, ?>> INSERTED = Stream.concat(
                    REPORT.stream(), Stream.of(FLASHSALE_PAYMENT_CONFLICT.DIGEST))
            .toList();

    private static final Condition IS_OPEN = FLASHSALE_PAYMENT_CONFLICT.RESOLVED.eq(DSL.inline(false));

    /** What is listed already stays as it is. */
    static final Update<ConflictingReport> INSERT = Update.<ConflictingReport>update(
                    "conflict.insert",
                    "PRIMARY",
                    length -> Render.insert(
                            FLASHSALE_PAYMENT_CONFLICT,
                            length,
                            INSERTED,
                            FLASHSALE_PAYMENT_CONFLICT.RECEIVED_AT,
                            Render.NOW),
                    each((report, parameters) -> parameters
                            .add(report.id().transactionId())
                            .add(report.id().status())
                            .add(report.orderId())
                            .add(report.reference())
                            .add(report.amount())
                            .add(report.currency())
                            .add(report.knownOrderId())
                            .addBytes(digest(report))))
            .orChange("resolved = resolved");

    static final Query<JdbcPaymentLists.Page, Looked<Long, ListedConflict>> OPEN = query(
            "conflict.page",
            NOT_RESOLVED,
            select(
                            Render.by(FLASHSALE_PAYMENT_CONFLICT, NOT_RESOLVED),
                            FLASHSALE_PAYMENT_CONFLICT.ID,
                            FLASHSALE_PAYMENT_CONFLICT.RECEIVED_AT,
                            Render.NOW)
                    .where(IS_OPEN)
                    .and(FLASHSALE_PAYMENT_CONFLICT.ID.gt(Render.param(FLASHSALE_PAYMENT_CONFLICT.ID)))
                    .orderBy(FLASHSALE_PAYMENT_CONFLICT.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
            Looked.at(
                    row -> {
                        row.skip(REPORT.size());
                        return row.number();
                    },
                    ConflictStatements::listed));

    static final Update<Long> RESOLVE = update(
            "conflict.resolve",
            "PRIMARY",
            Render.SQL
                    .update(FLASHSALE_PAYMENT_CONFLICT)
                    .set(FLASHSALE_PAYMENT_CONFLICT.RESOLVED, DSL.inline(true))
                    .where(Render.is(FLASHSALE_PAYMENT_CONFLICT.ID))
                    .and(IS_OPEN),
            (number, parameters) -> parameters.add(number));

    private ConflictStatements() {}

    /** Of all that it says, which is text without line breaks. */
    private static byte[] digest(ConflictingReport report) {
        String all = Stream.of(
                        report.id().transactionId(),
                        report.id().status(),
                        report.orderId(),
                        report.reference(),
                        report.amount(),
                        report.currency(),
                        report.knownOrderId())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static SelectJoinStep<?> select(Table<Record> table, Field<?>... more) {
        return Render.SQL.select(REPORT).select(more).from(table);
    }

    private static ConflictingReport report(Row row) throws SQLException {
        ReportId id = new ReportId(row.transaction(), row.name(PaymentStatus.class));
        OrderId orderId = row.orderIfAny();
        HoldId reference = row.holdIdIfAny();
        BigDecimal amount = row.decimalIfAny();
        String currency = row.textIfAny();
        return new ConflictingReport(
                id,
                orderId,
                reference,
                amount,
                currency == null ? null : Currency.getInstance(currency),
                row.orderIfAny());
    }

    private static At<ListedConflict> listed(Row row) throws SQLException {
        ConflictingReport report = report(row);
        return new At<>(new ListedConflict(row.number(), report, row.time()), row.time());
    }
}
