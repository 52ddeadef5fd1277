package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPERATOR_LOG;

import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.operator.Subject;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

final class JdbcOperatorLog implements OperatorLog {

    private static final Table<Record> BY_SUBJECT = Sql.by(FLASHSALE_OPERATOR_LOG, "flashsale_operator_log_of");

    private final Sql sql;

    JdbcOperatorLog(Sql sql) {
        this.sql = sql;
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
        return rows(
                        BY_SUBJECT,
                        FLASHSALE_OPERATOR_LOG
                                .SUBJECT
                                .eq(entry.subject())
                                .and(FLASHSALE_OPERATOR_LOG.LOGGED_AT.eq(entry.at())),
                        Integer.MAX_VALUE)
                .stream()
                .anyMatch(row -> row.entry().equals(entry));
    }

    @Override
    public List<LoggedEntry> page(Optional<Subject> doneTo, Optional<Long> before, int limit) {
        Condition rest = before.map(FLASHSALE_OPERATOR_LOG.ID::lt).orElseGet(DSL::noCondition);
        return doneTo.isEmpty()
                ? rows(FLASHSALE_OPERATOR_LOG, rest, limit)
                : rows(BY_SUBJECT, isOf(doneTo.get()).and(rest), limit);
    }

    private static Condition isOf(Subject subject) {
        return FLASHSALE_OPERATOR_LOG
                .SUBJECT
                .eq(subject.number())
                .and(FLASHSALE_OPERATOR_LOG.ACTION.in(Action.doneTo(subject.kind())));
    }

    private List<LoggedEntry> rows(Table<Record> log, Condition which, int limit) {
        return sql.dsl()
                .select(
                        FLASHSALE_OPERATOR_LOG.ID,
                        FLASHSALE_OPERATOR_LOG.LOGGED_AT,
                        FLASHSALE_OPERATOR_LOG.OPERATOR,
                        FLASHSALE_OPERATOR_LOG.REASON,
                        FLASHSALE_OPERATOR_LOG.ACTION,
                        FLASHSALE_OPERATOR_LOG.SUBJECT,
                        FLASHSALE_OPERATOR_LOG.DIFFERENCE)
                .from(log)
                .where(which)
                .orderBy(FLASHSALE_OPERATOR_LOG.ID.desc())
                .limit(limit)
                .fetch(row -> new LoggedEntry(
                        row.value1(),
                        new LogEntry(
                                row.value2(),
                                new Cause(row.value3(), row.value4()),
                                row.value5(),
                                row.value6(),
                                row.value7())));
    }
}
