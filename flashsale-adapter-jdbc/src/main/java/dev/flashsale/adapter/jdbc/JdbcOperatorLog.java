package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPERATOR_LOG;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.operator.Subject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

record JdbcOperatorLog(Sql sql) implements OperatorLog {

    private static final String OF = "flashsale_operator_log_of";

    static final Update<LogEntry> ADD = update(
            "log.add",
            "PRIMARY",
            length -> Render.insert(
                    FLASHSALE_OPERATOR_LOG,
                    length,
                    List.of(
                            FLASHSALE_OPERATOR_LOG.LOGGED_AT,
                            FLASHSALE_OPERATOR_LOG.OPERATOR,
                            FLASHSALE_OPERATOR_LOG.REASON,
                            FLASHSALE_OPERATOR_LOG.ACTION,
                            FLASHSALE_OPERATOR_LOG.SUBJECT,
                            FLASHSALE_OPERATOR_LOG.DIFFERENCE)),
            each((entry, parameters) -> parameters
                    .add(entry.at())
                    .add(entry.cause().operator())
                    .add(entry.cause().reason())
                    .add(entry.action())
                    .add(entry.subject())
                    .add(entry.change())));

    static final Query<LogEntry, LoggedEntry> LIKE = query(
            "log.like",
            OF,
            select(Render.by(FLASHSALE_OPERATOR_LOG, OF))
                    .where(Render.is(FLASHSALE_OPERATOR_LOG.SUBJECT))
                    .and(Render.is(FLASHSALE_OPERATOR_LOG.LOGGED_AT)),
            (entry, parameters) -> parameters.add(entry.subject()).add(entry.at()),
            JdbcOperatorLog::logged);

    /** @param subject of what its list is about; anything for the list of all */
    record Page(long subject, long before, int limit) {}

    static final Query<Page, Looked<Long, LoggedEntry>> PAGE = query(
            "log.page",
            "PRIMARY",
            select(FLASHSALE_OPERATOR_LOG)
                    .where(FLASHSALE_OPERATOR_LOG.ID.lt(Render.param(FLASHSALE_OPERATOR_LOG.ID)))
                    .orderBy(FLASHSALE_OPERATOR_LOG.ID.desc())
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.before()).add(Looked.more(page.limit())),
            Looked.at(Row::number, JdbcOperatorLog::at));

    static final Query<Page, Looked<Long, LoggedEntry>> PAGE_OF_PRODUCT =
            pageOf("log.pageOfProduct", Subject.Kind.PRODUCT);
    static final Query<Page, Looked<Long, LoggedEntry>> PAGE_OF_ORDER = pageOf("log.pageOfOrder", Subject.Kind.ORDER);
    static final Query<Page, Looked<Long, LoggedEntry>> PAGE_OF_CONFLICT =
            pageOf("log.pageOfConflict", Subject.Kind.CONFLICT);

    static final Query<Page, Looked<Long, LoggedEntry>> PAGE_OF_CUSTOMERS =
            pageOf("log.pageOfCustomers", Subject.Kind.CUSTOMER);

    static final Query<Page, Looked<Long, LoggedEntry>> PAGE_OF_ENDPOINT =
            pageOf("log.pageOfEndpoint", Subject.Kind.ENDPOINT);

    private static Query<Page, Looked<Long, LoggedEntry>> pageOf(String name, Subject.Kind kind) {
        Condition done =
                Render.is(FLASHSALE_OPERATOR_LOG.ACTION, Action.doneTo(kind).toArray(Action[]::new));
        Select<?> rows = select(Render.by(FLASHSALE_OPERATOR_LOG, OF))
                .where(Render.is(FLASHSALE_OPERATOR_LOG.SUBJECT))
                .and(done)
                .and(FLASHSALE_OPERATOR_LOG.ID.lt(Render.param(FLASHSALE_OPERATOR_LOG.ID)))
                .orderBy(FLASHSALE_OPERATOR_LOG.ID.desc())
                .limit(Render.LIMIT);
        return query(
                name,
                OF,
                rows,
                (page, parameters) ->
                        parameters.add(page.subject()).add(page.before()).add(Looked.more(page.limit())),
                Looked.at(Row::number, JdbcOperatorLog::at));
    }

    private static SelectJoinStep<?> select(Table<Record> table) {
        return Render.SQL
                .select(
                        FLASHSALE_OPERATOR_LOG.ID,
                        FLASHSALE_OPERATOR_LOG.LOGGED_AT,
                        FLASHSALE_OPERATOR_LOG.OPERATOR,
                        FLASHSALE_OPERATOR_LOG.REASON,
                        FLASHSALE_OPERATOR_LOG.ACTION,
                        FLASHSALE_OPERATOR_LOG.SUBJECT,
                        FLASHSALE_OPERATOR_LOG.DIFFERENCE,
                        Render.NOW)
                .from(table);
    }

    private static LoggedEntry logged(Row row) throws SQLException {
        long number = row.number();
        Instant at = row.time();
        Cause cause = new Cause(row.text(), row.text());
        return new LoggedEntry(number, new LogEntry(at, cause, row.name(Action.class), row.number(), row.text()));
    }

    private static At<LoggedEntry> at(Row row) throws SQLException {
        return new At<>(logged(row), row.time());
    }

    @Override
    public void add(LogEntry entry) {
        int unused = sql.updateOne(ADD, entry);
    }

    /** Compared here: the database takes upper and lower case for the same. */
    @Override
    public boolean has(LogEntry entry) {
        return sql.queryOne(LIKE, entry).stream().anyMatch(row -> row.entry().equals(entry));
    }

    @Override
    public Slice<Long, LoggedEntry> page(Optional<Subject> doneTo, Optional<Long> before, int limit) {
        Page page = new Page(doneTo.map(Subject::number).orElse(0L), before.orElse(Long.MAX_VALUE), limit);
        Query<Page, Looked<Long, LoggedEntry>> query =
                switch (doneTo.map(Subject::kind).orElse(null)) {
                    case null -> PAGE;
                    case PRODUCT -> PAGE_OF_PRODUCT;
                    case ORDER -> PAGE_OF_ORDER;
                    case CONFLICT -> PAGE_OF_CONFLICT;
                    case CUSTOMER -> PAGE_OF_CUSTOMERS;
                    case ENDPOINT -> PAGE_OF_ENDPOINT;
                };
        return Looked.slice(sql, sql.queryOne(query, page), limit);
    }
}
