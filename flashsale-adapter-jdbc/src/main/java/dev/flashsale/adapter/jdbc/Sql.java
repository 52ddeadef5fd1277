package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.AsOf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Statements on the connection of one transaction, and the database's clock. */
final class Sql {

    /** As many rows or keys are sent in one statement at most; longer lists in several. */
    static final int MAX_LENGTH = 256;

    static final Query<String, Instant> TIME =
            Query.query("time", "", Render.SQL.select(Render.NOW), (unused, parameters) -> {}, Row::time);

    private final Connection connection;
    private final boolean oldSnapshot;
    private final boolean mayRepeat;
    private final int timeoutSeconds;

    /**
     * @param oldSnapshot whether plain reads see what was committed when the transaction began to read, instead of what is
     *     committed now
     * @param mayRepeat whether rows with the keys of this work may be there
     * @param timeoutSeconds for each statement; 0 for none
     */
    Sql(Connection connection, boolean oldSnapshot, boolean mayRepeat, int timeoutSeconds) {
        this.connection = connection;
        this.oldSnapshot = oldSnapshot;
        this.mayRepeat = mayRepeat;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** A plain read does not see what is committed now: what a decision rests on must be read by locking it. */
    boolean oldSnapshot() {
        return oldSnapshot;
    }

    boolean mayRepeat() {
        return mayRepeat;
    }

    /** The same with another limit for each statement. */
    Sql within(Duration limit) {
        return new Sql(connection, oldSnapshot, mayRepeat, Math.toIntExact(limit.toSeconds()));
    }

    /** Runs a statement for the whole list and says how many rows it changed. */
    <T> int update(Update<T> update, List<T> all) {
        return run(update, all, statement -> Driver.call(statement::executeUpdate));
    }

    /** Runs a statement for one. */
    <T> int updateOne(Update<T> update, T one) {
        return update(update, List.of(one));
    }

    /**
     * Runs a statement that writes one row for each of these, one after the other. So rows are deleted, which this
     * transaction has locked, by their unique keys: given a list of keys that is long next to what it thinks the table has,
     * the optimizer reads the whole table instead, and the delete waits for whatever is locked in it.
     */
    <T> void updateEach(Update<T> update, Collection<T> all) {
        int updated = 0;
        for (T one : all) {
            updated += updateOne(update, one);
        }
        requireAll(all, updated);
    }

    /** Runs a statement for the whole list and answers the rows that it finds, in the statement's order. */
    <T, R> List<R> query(Query<T, R> query, List<T> all) {
        List<R> found = new ArrayList<>(all.size());
        int unused = run(query, all, statement -> {
            ResultSet rows = Driver.call(statement::executeQuery);
            while (Driver.call(rows::next)) {
                found.add(query.read(new Row(rows)));
            }
            return 0;
        });
        return found;
    }

    /** The same in the order of the keys, also across the statements that a long list takes. */
    <T extends Comparable<T>, R> List<R> query(Query<T, R> query, Set<T> keys) {
        return query(query, List.copyOf(keys.size() <= MAX_LENGTH ? keys : new TreeSet<>(keys)));
    }

    /** Runs a statement for one. */
    <T, R> List<R> queryOne(Query<T, R> query, T one) {
        return query(query, List.of(one));
    }

    /** The first row that a statement for one finds. */
    <T, R> Optional<R> first(Query<T, R> query, T one) {
        return queryOne(query, one).stream().findFirst();
    }

    /**
     * The first rows that a statement finds and that can be read. As many more are looked for as cannot, so that those do not
     * fill the place of others.
     *
     * @param ofMost the statement's argument for at most that many rows
     * @param limit at most this many
     */
    <T, R> List<R> readable(Query<T, Optional<R>> query, IntFunction<T> ofMost, int limit) {
        int most = limit;
        while (true) {
            List<Optional<R>> found = queryOne(query, ofMost.apply(most));
            List<R> readable = found.stream().flatMap(Optional::stream).toList();
            if (found.size() < most || readable.size() >= limit) {
                return readable;
            }
            most = limit + found.size() - readable.size();
        }
    }

    @FunctionalInterface
    private interface Execution {
        int of(PreparedStatement statement) throws SQLException;
    }

    /** With it its rows are closed, too. */
    private record Prepared(PreparedStatement statement) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            Driver.run(statement::close);
        }
    }

    private <T> int run(Declaration<T> declared, List<T> all, Execution execution) {
        int sum = 0;
        for (int from = 0; from < all.size(); from += MAX_LENGTH) {
            List<T> some = all.subList(from, Math.min(from + MAX_LENGTH, all.size()));
            String sql = declared.sql(some.size());
            try (StatementTimeout timeout = StatementTimeout.on(connection, timeoutSeconds);
                    Prepared prepared = new Prepared(Driver.call(() -> connection.prepareStatement(sql)))) {
                PreparedStatement statement = prepared.statement();
                timeout.limit(statement);
                declared.bind(some, new Parameters(statement));
                sum += execution.of(statement);
            } catch (SQLException failed) {
                throw new SqlFailure(failed);
            }
        }
        return sum;
    }

    /** As a duplicate key does, so that the work is run again and knows that there may be rows with the keys of these. */
    static SqlFailure duplicateKey(Object known) {
        return new SqlFailure(new SQLIntegrityConstraintViolationException("known already: " + known, "23000", 1062));
    }

    /** What a row says, and when it was read. */
    record At<V>(V value, Instant time) {}

    /**
     * What rows say, as of when the latest of them was read; asks the database where there is no row.
     *
     * @param map what they say by id
     */
    <R, K, V> AsOf<K, V> asOf(List<At<R>> found, Function<List<R>, Map<K, V>> map) {
        List<R> rows = new ArrayList<>(found.size());
        Instant latest = Instant.MIN;
        for (At<R> row : found) {
            rows.add(row.value());
            latest = row.time().isAfter(latest) ? row.time() : latest;
        }
        return new AsOf<>(rows.isEmpty() ? time() : latest, map.apply(rows));
    }

    /** The database's. */
    Instant time() {
        return first(TIME, "").orElseThrow();
    }

    /** A row that this transaction has locked must be there to be written. */
    static void requireOne(Object id, int updated) {
        if (updated != 1) {
            throw new IllegalStateException("no row to update: " + id);
        }
    }

    /** The same for many rows. */
    static void requireAll(Collection<?> ids, int updated) {
        requireAll(ids, ids.size(), updated);
    }

    static void requireAll(Collection<?> ids, int rows, int updated) {
        if (updated != rows) {
            throw new IllegalStateException(updated + " rows to update instead of " + rows + ": " + ids);
        }
    }
}
