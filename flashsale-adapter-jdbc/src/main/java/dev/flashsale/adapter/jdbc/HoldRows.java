package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;

/** A row for each line of a hold. {@code extended} says how often it was; a program of before takes it for whether. */
final class HoldRows {

    static final Table<Record> BY_KEY = Render.byKey(FLASHSALE_HOLD);
    static final String BY_STATUS = "flashsale_hold_by_status";

    static final Condition ACTIVE = Render.is(FLASHSALE_HOLD.STATUS, HoldStatus.ACTIVE);

    static final Lined<HoldId, HoldLine, Hold> LINES =
            new Lined<>(HoldLine::holdId, HoldLine::number, HoldLine::count, Hold::of);

    private HoldRows() {}

    /** The number first, then the list. */
    static Condition ofOneNumber(int length) {
        return Render.is(FLASHSALE_HOLD.LINE_NO).and(Render.anyOf(FLASHSALE_HOLD.ID, length));
    }

    /** As {@link #line} and {@link #at} read it. */
    static SelectJoinStep<?> select(Field<?> now, Table<Record> table) {
        return Render.SQL
                .select(
                        FLASHSALE_HOLD.ID,
                        FLASHSALE_HOLD.LINE_NO,
                        FLASHSALE_HOLD.LINE_COUNT,
                        FLASHSALE_HOLD.PRODUCT_ID,
                        FLASHSALE_HOLD.QUANTITY,
                        FLASHSALE_HOLD.EXPIRES_AT,
                        FLASHSALE_HOLD.CUSTOMER_ID,
                        FLASHSALE_HOLD.STATUS,
                        FLASHSALE_HOLD.EXTENDED,
                        now)
                .from(table);
    }

    static HoldLine line(Row row) throws SQLException {
        HoldId id = row.holdId();
        int number = row.count();
        int count = row.count();
        Item item = row.item();
        Instant expiresAt = row.time();
        CustomerId customer = row.customerIfAny();
        return new HoldLine(id, number, count, item, expiresAt, customer, row.name(HoldStatus.class), row.count());
    }

    /** Where a line stands in the index by status. */
    static HoldPosition position(Row row) throws SQLException {
        HoldId id = row.holdId();
        row.skip(2);
        Quantity quantity = row.item().quantity();
        return new HoldPosition(row.time(), quantity, id);
    }

    /** Where the first line stands among its customer's. */
    static CustomersPosition customersPosition(Row row) throws SQLException {
        HoldId id = row.holdId();
        row.skip(2);
        return new CustomersPosition(row.product(), id);
    }

    static At<HoldLine> at(Row row) throws SQLException {
        return new At<>(line(row), row.time());
    }

    /**
     * Adds active lines.
     *
     * @param more fields that have no defaults there, bound by {@code ofMore}
     */
    static Update<HoldLine> insert(String name, List<TableField<Record, ?>> more, Declaration.Each<HoldLine> ofMore) {
        List<TableField<Record, ?>> fields = new ArrayList<>(List.of(
                FLASHSALE_HOLD.ID,
                FLASHSALE_HOLD.PRODUCT_ID,
                FLASHSALE_HOLD.QUANTITY,
                FLASHSALE_HOLD.EXPIRES_AT,
                FLASHSALE_HOLD.CUSTOMER_ID));
        fields.addAll(more);
        return Update.update(
                name,
                "PRIMARY",
                length -> Render.insert(
                        FLASHSALE_HOLD, length, fields, FLASHSALE_HOLD.STATUS, Render.name(HoldStatus.ACTIVE)),
                Declaration.Binding.each((line, parameters) -> {
                    parameters
                            .add(line.holdId())
                            .add(line.item())
                            .add(line.expiresAt())
                            .add(line.customerId());
                    ofMore.bind(line, parameters);
                }));
    }
}
