package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPERATOR_LOG;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.OperatorLog;
import java.util.List;
import org.jooq.Condition;

final class JdbcOperatorLog implements OperatorLog {

    private final Sql sql;
    private final JdbcTransactions transactions;

    JdbcOperatorLog(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    @Override
    public void add(LogEntry entry) {
        sql.dsl()
                .insertInto(FLASHSALE_OPERATOR_LOG)
                .set(FLASHSALE_OPERATOR_LOG.LOGGED_AT, entry.at())
                .set(FLASHSALE_OPERATOR_LOG.OPERATOR, entry.cause().operator())
                .set(FLASHSALE_OPERATOR_LOG.ACTION, entry.action())
                .set(FLASHSALE_OPERATOR_LOG.SUBJECT, entry.subject())
                .set(FLASHSALE_OPERATOR_LOG.DIFFERENCE, entry.change())
                .set(FLASHSALE_OPERATOR_LOG.REASON, entry.cause().reason())
                .execute();
    }

    /** Compared here: the database takes upper and lower case for the same. */
    @Override
    public boolean has(LogEntry entry) {
        return entries(
                        FLASHSALE_OPERATOR_LOG
                                .SUBJECT
                                .eq(entry.subject())
                                .and(FLASHSALE_OPERATOR_LOG.LOGGED_AT.eq(entry.at())),
                        Integer.MAX_VALUE)
                .contains(entry);
    }

    @Override
    public List<LogEntry> of(long subject, int limit) {
        return entries(FLASHSALE_OPERATOR_LOG.SUBJECT.eq(subject), limit);
    }

    private List<LogEntry> entries(Condition which, int limit) {
        return transactions.read(() -> sql.dsl()
                .select(
                        FLASHSALE_OPERATOR_LOG.LOGGED_AT,
                        FLASHSALE_OPERATOR_LOG.OPERATOR,
                        FLASHSALE_OPERATOR_LOG.REASON,
                        FLASHSALE_OPERATOR_LOG.ACTION,
                        FLASHSALE_OPERATOR_LOG.SUBJECT,
                        FLASHSALE_OPERATOR_LOG.DIFFERENCE)
                .from(FLASHSALE_OPERATOR_LOG)
                .where(which)
                .orderBy(FLASHSALE_OPERATOR_LOG.ID.desc())
                .limit(limit)
                .fetch(row -> new LogEntry(
                        row.value1(),
                        new Cause(row.value2(), row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6())));
    }
}
