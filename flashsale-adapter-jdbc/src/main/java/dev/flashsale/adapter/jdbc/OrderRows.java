package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.stock.Quantity;
import java.sql.SQLException;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;

/** A row for each line of an order. */
final class OrderRows {

    static final Table<Record> BY_KEY = Render.byKey(FLASHSALE_ORDER);
    static final String ONE_PER_HOLD = "flashsale_order_one_per_hold";
    static final Table<Record> BY_HOLD = Render.by(FLASHSALE_ORDER, ONE_PER_HOLD);
    static final String BY_STATUS = "flashsale_order_by_status";

    static final Condition PENDING = Render.is(FLASHSALE_ORDER.STATUS, OrderStatus.PENDING);

    static final Lined<OrderId, OrderLine, Order> LINES =
            new Lined<>(OrderLine::orderId, OrderLine::number, OrderLine::count, Order::of);
    static final Lined<HoldId, OrderLine, Order> LINES_OF_HOLDS =
            new Lined<>(OrderLine::holdId, OrderLine::number, OrderLine::count, Order::of);

    private OrderRows() {}

    /** The number first, then the list. */
    static Condition ofOneNumber(TableField<?, ?> key, int length) {
        return Render.is(FLASHSALE_ORDER.LINE_NO).and(Render.anyOf(key, length));
    }

    /** As {@link #line} and {@link #at} read it. */
    static SelectJoinStep<?> select(Field<?> now, Table<Record> table) {
        return Render.SQL
                .select(
                        FLASHSALE_ORDER.ID,
                        FLASHSALE_ORDER.LINE_NO,
                        FLASHSALE_ORDER.LINE_COUNT,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.AMOUNT,
                        FLASHSALE_ORDER.CURRENCY,
                        FLASHSALE_ORDER.PLACED_AT,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE,
                        FLASHSALE_ORDER.STATUS,
                        now)
                .from(table);
    }

    static OrderLine line(Row row) throws SQLException {
        return new OrderLine(
                row.order(),
                row.count(),
                row.count(),
                row.holdId(),
                row.item(),
                row.money(),
                row.time(),
                row.time(),
                row.name(OrderStatus.class));
    }

    /** What it was made of. */
    static HoldId hold(Row row) throws SQLException {
        row.skip(3);
        return row.holdId();
    }

    /** Where a line stands in the index by status. */
    static OrderPosition position(Row row) throws SQLException {
        OrderId id = row.order();
        row.skip(3);
        Quantity quantity = row.item().quantity();
        row.skip(3);
        return new OrderPosition(row.time(), quantity, id);
    }

    static At<OrderLine> at(Row row) throws SQLException {
        return new At<>(line(row), row.time());
    }
}
