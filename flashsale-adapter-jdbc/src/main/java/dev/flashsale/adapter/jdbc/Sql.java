package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.AsOf;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** jOOQ on the connection of the thread's transaction, and the database's clock. */
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

    private final DSLContext dsl;

    Sql(DataSource dataSource) {
        dsl = DSL.using(new DefaultConfiguration()
                .set(SQLDialect.MYSQL)
                .set(new ThreadsConnection(dataSource))
                .set(new Settings()
                        .withExecuteLogging(false)
                        .withRenderSchema(false)
                        .withRenderQuotedNames(RenderQuotedNames.NEVER)
                        .withRenderNameCase(RenderNameCase.LOWER)));
    }

    DSLContext dsl() {
        return dsl;
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

    /** The statement that {@code ofLength} makes of a list's length. */
    HotStatement hot(IntFunction<? extends Query> ofLength) {
        return new HotStatement(dsl, ofLength);
    }

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
            deleted += dsl.deleteFrom(table).where(key.eq(one)).execute();
        }
        requireAll(keys, deleted);
    }

    /** The moment that long before {@link #NOW}. */
    static Field<Instant> ago(Duration age) {
        return DSL.field("timestampadd(second, {0}, utc_timestamp(6))", UTC, DSL.inline(-age.toSeconds()));
    }

    private Instant now() {
        return dsl.select(NOW).fetchSingle().value1();
    }

    private record ThreadsConnection(DataSource dataSource) implements ConnectionProvider {

        @Override
        public Connection acquire() {
            return DataSourceUtils.getConnection(dataSource);
        }

        @Override
        public void release(Connection connection) {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
