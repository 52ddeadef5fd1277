package dev.flashsale.adapter.jdbc;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/** What statements are made of. */
final class Render {

    /** Makes statements and runs none. */
    static final DSLContext SQL = DSL.using(new DefaultConfiguration()
            .set(SQLDialect.MYSQL)
            .set(new Settings()
                    .withRenderSchema(false)
                    .withRenderQuotedNames(RenderQuotedNames.NEVER)
                    .withRenderNameCase(RenderNameCase.LOWER)));

    /** When the statement began. */
    static final Field<LocalDateTime> NOW = field("utc_timestamp(6)", LocalDateTime.class);

    /**
     * When the row was read, after any wait for its lock; {@code utc_timestamp} in a statement that waited is when it
     * began to wait. {@code sysdate} moves on but is in the session's zone, so only its distance from {@code now} is
     * used, in which the zone cancels out.
     */
    static final Field<LocalDateTime> NOW_AFTER_LOCK = field(
            "timestampadd(microsecond, timestampdiff(microsecond, now(6), sysdate(6)), utc_timestamp(6))",
            LocalDateTime.class);

    /** That many microseconds, which are bound, before the statement began. */
    static final Field<LocalDateTime> AGO =
            field("timestampadd(microsecond, -{0}, {1})", LocalDateTime.class, DSL.param("micros", Long.class), NOW);

    /** That many microseconds, which are bound, after the statement began. */
    static final Field<LocalDateTime> IN =
            field("timestampadd(microsecond, {0}, {1})", LocalDateTime.class, DSL.param("micros", Long.class), NOW);

    /** How many rows at most, which is bound. */
    static final Field<Integer> LIMIT = DSL.param("limit", Integer.class);

    static final Field<Integer> ONE = inline(1);

    private Render() {}

    /** Any of that many values, each of them bound. */
    static <T> Condition anyOf(TableField<?, T> field, int length) {
        return field.in(Collections.nCopies(length, param(field)));
    }

    /** A value that is bound. */
    static <T> Condition is(TableField<?, T> field) {
        return field.eq(param(field));
    }

    /** The sum of the quantities of those. */
    static Field<BigDecimal> pieces(Table<?> table, Field<Integer> quantity, Condition which) {
        return coalesce(field(select(sum(quantity)).from(table).where(which)), inline(BigDecimal.ZERO));
    }

    /** One of an enumerated column's. */
    static Condition is(TableField<?, String> field, Enum<?>... names) {
        List<Field<String>> columns = Stream.of(names).map(Render::name).toList();
        return columns.size() == 1 ? field.eq(columns.getFirst()) : field.in(columns);
    }

    /** As an enumerated column names it. */
    static Field<String> name(Enum<?> name) {
        return inline(name.name().toLowerCase(Locale.ROOT));
    }

    /** A value of that field that is bound. */
    static <T> Param<T> param(TableField<?, T> field) {
        return DSL.param(field.getName(), field);
    }

    /** That many rows, all of whose values are bound. */
    static InsertValuesStepN<Record> insert(Table<Record> table, int length, List<TableField<Record, ?>> fields) {
        InsertValuesStepN<Record> insert = SQL.insertInto(table, fields);
        for (int i = 0; i < length; i++) {
            insert = insert.values(fields.stream().map(Render::param).toList());
        }
        return insert;
    }

    /** The same with one more field, which is the same in all rows and not bound. */
    static InsertValuesStepN<Record> insert(
            Table<Record> table,
            int length,
            List<TableField<Record, ?>> fields,
            TableField<Record, ?> same,
            Field<?> value) {
        List<TableField<Record, ?>> all = new ArrayList<>(fields);
        all.add(same);
        InsertValuesStepN<Record> insert = SQL.insertInto(table, all);
        for (int i = 0; i < length; i++) {
            List<Field<?>> row =
                    new ArrayList<>(fields.stream().map(Render::param).toList());
            row.add(value);
            insert = insert.values(row);
        }
        return insert;
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
}
