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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Statements on the connection of one transaction, and the database's clock. */
final class Sql {

    private static final DataType<Instant> UTC =
            SQLDataType.LOCALDATETIME(6).asConvertedDataType(new UtcDateTimeBinding());

    /** When the statement began. */
    static final Field<Instant> NOW = DSL.field("utc_timestamp(6)", UTC);

    /**
     * When the row was read, after any wait for its lock; {@code utc_timestamp} in a statement that waited is when it
     * began to wait. {@code sysdate} moves on but is in the session's zone, so only its distance from {@code now} is
     * used, in which the zone cancels out.
     */
    static final Field<Instant> NOW_AFTER_LOCK = DSL.field(
            "timestampadd(microsecond, timestampdiff(microsecond, now(6), sysdate(6)), utc_timestamp(6))", UTC);

    /** That long before the statement began. */
    static Field<Instant> ago(Duration age) {
        return DSL.field(
                "timestampadd(microsecond, {0}, {1})",
                UTC, DSL.val(-TimeUnit.NANOSECONDS.toMicros(age.toNanos())), NOW);
    }

    private static final Configuration CONFIGURATION = new DefaultConfiguration()
            .set(SQLDialect.MYSQL)
            .set(new Settings()
                    .withExecuteLogging(false)
                    .withRenderSchema(false)
                    .withRenderQuotedNames(RenderQuotedNames.NEVER)
                    .withRenderNameCase(RenderNameCase.LOWER));

    /** Makes statements and runs none: for what is rendered once and sent by JDBC. */
    static final DSLContext STATEMENTS = DSL.using(CONFIGURATION);

    /** As many rows or keys are sent in one statement at most; longer lists in several. */
    static final int MAX_LENGTH = 256;

    private final Connection connection;
    private final boolean oldSnapshot;
    private final boolean mayRepeat;
    private final int timeoutSeconds;
    private @Nullable DSLContext dsl;

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

    DSLContext dsl() {
        if (dsl == null) {
            dsl = DSL.using(CONFIGURATION
                    .derive(new DefaultConnectionProvider(connection))
                    .derive(SettingsTools.clone(CONFIGURATION.settings())
                            .withQueryTimeout(timeoutSeconds == 0 ? null : timeoutSeconds)));
        }
        return dsl;
    }

    /** Runs a statement for the whole list and says how many rows it changed. */
    <T> int update(HotStatement hot, List<T> all, HotStatement.Binding<T> binding) {
        return run(hot, all, binding, PreparedStatement::executeUpdate);
    }

    /** Runs a statement for the whole list and answers the rows that it finds, in the statement's order. */
    <T, R> List<R> query(
            HotStatement hot, List<T> all, HotStatement.Binding<T> binding, HotStatement.Reading<R> reading) {
        List<R> found = new ArrayList<>(all.size());
        int unused = run(hot, all, binding, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.read(new Row(rows)));
                }
            }
            return 0;
        });
        return found;
    }

    @FunctionalInterface
    private interface Execution {
        int of(PreparedStatement statement) throws SQLException;
    }

    private <T> int run(HotStatement hot, List<T> all, HotStatement.Binding<T> binding, Execution execution) {
        int sum = 0;
        for (int from = 0; from < all.size(); from += MAX_LENGTH) {
            List<T> some = all.subList(from, Math.min(from + MAX_LENGTH, all.size()));
            try (PreparedStatement statement = connection.prepareStatement(hot.sql(some.size()))) {
                if (timeoutSeconds > 0) {
                    statement.setQueryTimeout(timeoutSeconds);
                }
                binding.bind(some, new Parameters(statement));
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

    /** Rows by id with the time at which they were read, the latest of them; asks the database where there is no row. */
    <K, V> AsOf<K, V> asOf(
            Result<? extends Record> result,
            Field<Instant> now,
            Function<? super Record, K> id,
            Function<? super Record, V> value) {
        Map<K, V> rows = new LinkedHashMap<>();
        Instant latest = Instant.MIN;
        for (Record row : result) {
            rows.put(id.apply(row), value.apply(row));
            Instant at = row.get(now);
            latest = at.isAfter(latest) ? at : latest;
        }
        return new AsOf<>(rows.isEmpty() ? now() : latest, rows);
    }

    /** Rows that a {@link HotStatement} found, by id, with the time that each of them was read at. */
    <K, V> AsOf<K, V> asOf(List<At<V>> found, Function<V, K> id) {
        Map<K, V> rows = LinkedHashMap.newLinkedHashMap(found.size());
        Instant latest = Instant.MIN;
        for (At<V> row : found) {
            rows.put(id.apply(row.value()), row.value());
            latest = row.time().isAfter(latest) ? row.time() : latest;
        }
        return new AsOf<>(rows.isEmpty() ? now() : latest, rows);
    }

    /** What a row says, and when it was read. */
    record At<V>(V value, Instant time) {}

    /** Any of that many values, each of them bound. */
    static <T> Condition anyOf(TableField<?, T> field, int length) {
        return field.in(Collections.nCopies(length, param(field)));
    }

    /** A value of that field that is bound. */
    static <T> Param<T> param(TableField<?, T> field) {
        return DSL.param(field.getName(), field);
    }

    /**
     * A table read by the index of a list of keys and no other way. Given a list that is long next to what it thinks the
     * table has, the optimizer reads the whole table instead, and waits for whatever is locked in it.
     */
    static Table<Record> by(Table<Record> table, String index) {
        return table.forceIndex(index);
    }

    /** The same by the primary key. */
    static Table<Record> byKey(Table<Record> table) {
        return by(table, "primary");
    }

    /** A row that this transaction has locked must be there to be written. */
    static void requireOne(Object id, int updated) {
        if (updated != 1) {
            throw new IllegalStateException("no row to update: " + id);
        }
    }

    /** The same for many rows. */
    static void requireAll(Collection<?> ids, int updated) {
        if (updated != ids.size()) {
            throw new IllegalStateException(updated + " rows to update instead of " + ids.size() + ": " + ids);
        }
    }

    /**
     * Deletes rows by their unique keys, all of which this transaction has locked, one after the other: given a list of
     * keys that is long next to what it thinks the table has, the optimizer reads the whole table instead, and the
     * delete waits for whatever is locked in it.
     */
    <K> void delete(TableField<?, K> key, Collection<K> keys) {
        Table<?> table = Objects.requireNonNull(key.getTable());
        int deleted = 0;
        for (K one : keys) {
            deleted += dsl().deleteFrom(table).where(key.eq(one)).execute();
        }
        requireAll(keys, deleted);
    }

    private Instant now() {
        return dsl().select(NOW).fetchSingle().value1();
    }
}
