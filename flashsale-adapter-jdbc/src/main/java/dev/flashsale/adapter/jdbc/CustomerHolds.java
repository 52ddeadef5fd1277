package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.common;
import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.HoldRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The lines of holds that name a customer. Those that take no pieces any more are marked, so that whoever has the stock row
 * locked reads no more than what the customer's limit counts.
 */
final class CustomerHolds {

    private static final String KEY = "PRIMARY";

    static final String OF_CUSTOMER = "flashsale_customer_hold_of";

    static final Condition ROW_OF_HOLD = FLASHSALE_HOLD
            .ID
            .eq(FLASHSALE_CUSTOMER_HOLD.HOLD_ID)
            .and(FLASHSALE_HOLD.LINE_NO.eq(FLASHSALE_CUSTOMER_HOLD.LINE_NO));

    /** Whether the limit counts it. */
    static final Condition IS_COUNTED = FLASHSALE_CUSTOMER_HOLD.COUNTED.eq(inline(true));

    static final Update<HoldLine> COUNT = update(
            "hold.count",
            KEY,
            length -> Render.insert(
                    FLASHSALE_CUSTOMER_HOLD,
                    length,
                    List.of(
                            FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                            FLASHSALE_CUSTOMER_HOLD.LINE_NO,
                            FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                            FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID)),
            each((line, parameters) -> parameters
                    .add(line.holdId())
                    .add(line.number())
                    .add(line.item().productId())
                    .add(line.customerId())));

    /** All lines of holds that name a customer; they may be there, and count no more. */
    static final Update<HoldId> COUNT_AGAIN = Update.<HoldId>update(
                    "hold.countAgain",
                    KEY,
                    length -> Render.SQL
                            .insertInto(
                                    FLASHSALE_CUSTOMER_HOLD,
                                    FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                                    FLASHSALE_CUSTOMER_HOLD.LINE_NO,
                                    FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                                    FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID)
                            .select(select(
                                            FLASHSALE_HOLD.ID,
                                            FLASHSALE_HOLD.LINE_NO,
                                            FLASHSALE_HOLD.PRODUCT_ID,
                                            FLASHSALE_HOLD.CUSTOMER_ID)
                                    .from(BY_KEY)
                                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length))
                                    .and(FLASHSALE_HOLD.CUSTOMER_ID.isNotNull())),
                    Bind.HOLDS)
            .orChange("counted = true");

    /** A line that is of another product now. */
    static final Update<HoldLine> COUNT_FOR_ANOTHER = update(
            "hold.countForAnother",
            KEY,
            Render.SQL
                    .update(FLASHSALE_CUSTOMER_HOLD)
                    .set(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID, Render.param(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID))
                    .where(Render.is(FLASHSALE_CUSTOMER_HOLD.HOLD_ID))
                    .and(Render.is(FLASHSALE_CUSTOMER_HOLD.LINE_NO)),
            (line, parameters) ->
                    parameters.add(line.item().productId()).add(line.holdId()).add(line.number()));

    static final Update<Line<HoldId>> COUNT_NO_MORE = update(
            "hold.countNoMore",
            KEY,
            Render.SQL
                    .update(FLASHSALE_CUSTOMER_HOLD)
                    .set(FLASHSALE_CUSTOMER_HOLD.COUNTED, inline(false))
                    .where(Render.is(FLASHSALE_CUSTOMER_HOLD.HOLD_ID))
                    .and(Render.is(FLASHSALE_CUSTOMER_HOLD.LINE_NO)),
            (line, parameters) -> parameters.add(line.of()).add(line.number()));

    static final Query<HoldId, Line<HoldId>> COUNTED = lines("hold.counted", IS_COUNTED);

    static final Query<HoldId, Line<HoldId>> ALL = lines("hold.ofAnyCustomer", DSL.noCondition());

    static final Update<Line<HoldId>> DELETE = update(
            "hold.deleteOfCustomer",
            KEY,
            Render.SQL
                    .deleteFrom(FLASHSALE_CUSTOMER_HOLD)
                    .where(Render.is(FLASHSALE_CUSTOMER_HOLD.HOLD_ID))
                    .and(Render.is(FLASHSALE_CUSTOMER_HOLD.LINE_NO)),
            (line, parameters) -> parameters.add(line.of()).add(line.number()));

    record Some(CustomerId customer, int limit) {}

    static final Query<Some, At<HoldId>> OF_ONE = query(
            "hold.ofOneCustomer",
            OF_CUSTOMER,
            Render.SQL
                    .select(FLASHSALE_CUSTOMER_HOLD.HOLD_ID, Render.NOW)
                    .from(Render.by(FLASHSALE_CUSTOMER_HOLD, OF_CUSTOMER))
                    .where(Render.is(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID))
                    .limit(Render.LIMIT),
            (some, parameters) -> parameters.add(some.customer()).add(some.limit()),
            row -> new At<>(row.holdId(), row.time()));

    record Renamed(HoldId id, CustomerId from, CustomerId to) {}

    static final Update<Renamed> RENAME_HOLDS =
            rename("hold.rename", BY_KEY, FLASHSALE_HOLD.ID, FLASHSALE_HOLD.CUSTOMER_ID);

    static final Update<Renamed> RENAME = rename(
            "hold.renameRows",
            Render.byKey(FLASHSALE_CUSTOMER_HOLD),
            FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
            FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID);

    private static Update<Renamed> rename(
            String name, Table<Record> table, TableField<Record, byte[]> id, TableField<Record, String> customer) {
        return update(
                name,
                KEY,
                length -> Render.SQL
                        .update(table)
                        .set(customer, Render.param(customer))
                        .where(Render.is(customer))
                        .and(Render.anyOf(id, length)),
                common(
                        (renamed, parameters) -> parameters.add(renamed.to()).add(renamed.from()),
                        (renamed, parameters) -> parameters.add(renamed.id())));
    }

    private static Query<HoldId, Line<HoldId>> lines(String name, Condition which) {
        return query(
                name,
                KEY,
                length -> Render.SQL
                        .select(FLASHSALE_CUSTOMER_HOLD.HOLD_ID, FLASHSALE_CUSTOMER_HOLD.LINE_NO)
                        .from(Render.byKey(FLASHSALE_CUSTOMER_HOLD))
                        .where(Render.anyOf(FLASHSALE_CUSTOMER_HOLD.HOLD_ID, length))
                        .and(which),
                Bind.HOLDS,
                row -> new Line<>(row.holdId(), row.count()));
    }

    private CustomerHolds() {}
}
