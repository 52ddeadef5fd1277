package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.common;
import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.OrderRows.BY_HOLD;
import static dev.flashsale.adapter.jdbc.OrderRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.OrderRows.BY_STATUS;
import static dev.flashsale.adapter.jdbc.OrderRows.ONE_PER_HOLD;
import static dev.flashsale.adapter.jdbc.OrderRows.PENDING;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.Render.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_RETURNED_PIECE;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** What requests send about orders. */
final class OrderStatements {

    private static final String KEY = "PRIMARY";

    /** @param id null where the database is to number it: a first line */
    record NewLine(@Nullable OrderId id, int number, NewOrder order) {}

    /** Of the only line, which binds as little as there is. */
    static final Update<NewLine> INSERT = insert("order.insert", List.of());

    static final Update<NewLine> INSERT_ONE_OF_SEVERAL = insert(
            "order.insertOneOfSeveral",
            List.of(FLASHSALE_ORDER.ID, FLASHSALE_ORDER.LINE_NO, FLASHSALE_ORDER.LINE_COUNT));

    private static Update<NewLine> insert(String name, List<TableField<Record, ?>> numbers) {
        List<TableField<Record, ?>> fields = new ArrayList<>(List.of(
                FLASHSALE_ORDER.HOLD_ID,
                FLASHSALE_ORDER.PRODUCT_ID,
                FLASHSALE_ORDER.QUANTITY,
                FLASHSALE_ORDER.AMOUNT,
                FLASHSALE_ORDER.CURRENCY,
                FLASHSALE_ORDER.PLACED_AT,
                FLASHSALE_ORDER.PAYMENT_DEADLINE));
        fields.addAll(numbers);
        return update(
                name,
                KEY,
                length -> Render.insert(
                        FLASHSALE_ORDER, length, fields, FLASHSALE_ORDER.STATUS, Render.name(OrderStatus.PENDING)),
                each((line, parameters) -> {
                    NewOrder order = line.order();
                    parameters
                            .add(order.holdId())
                            .add(order.lines().items().get(line.number() - 1))
                            .add(
                                    line.number() == 1
                                            ? order.amount()
                                            : order.amount().times(0))
                            .add(order.placedAt())
                            .add(order.paymentDeadline());
                    if (!numbers.isEmpty()) {
                        parameters
                                .add(line.id())
                                .add(line.number())
                                .add(order.lines().count());
                    }
                }));
    }

    static final Query<HoldId, Map.Entry<HoldId, OrderId>> NUMBERS = query(
            "order.numbers",
            ONE_PER_HOLD,
            length -> Render.SQL
                    .select(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.ID)
                    .from(BY_HOLD)
                    .where(Render.anyOf(FLASHSALE_ORDER.HOLD_ID, length))
                    .and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE)),
            Bind.HOLDS,
            row -> Map.entry(row.holdId(), row.order()));

    static final Query<OrderId, At<OrderLine>> LOCK = query(
            "order.lock",
            KEY,
            length -> OrderRows.select(NOW_AFTER_LOCK, BY_KEY)
                    .where(Render.anyOf(FLASHSALE_ORDER.ID, length))
                    .orderBy(FLASHSALE_ORDER.ID, FLASHSALE_ORDER.LINE_NO)
                    .forUpdate(),
            Bind.ORDERS,
            OrderRows::at);

    static final Query<OrderId, At<OrderLine>> FIND = query(
            "order.find",
            KEY,
            length -> OrderRows.select(NOW, BY_KEY)
                    .where(Render.anyOf(FLASHSALE_ORDER.ID, length))
                    .orderBy(FLASHSALE_ORDER.ID, FLASHSALE_ORDER.LINE_NO),
            Bind.ORDERS,
            OrderRows::at);

    static final Query<Line<OrderId>, At<OrderLine>> LOCK_LINES = query(
            "order.lockLines",
            KEY,
            length -> OrderRows.select(NOW_AFTER_LOCK, BY_KEY)
                    .where(OrderRows.ofOneNumber(FLASHSALE_ORDER.ID, length))
                    .orderBy(FLASHSALE_ORDER.ID)
                    .forUpdate(),
            Bind.LINES_OF_ORDERS,
            OrderRows::at);

    static final Query<Line<OrderId>, At<OrderLine>> LOCK_FREE_LINES = query(
                    "order.lockLines",
                    KEY,
                    length -> OrderRows.select(NOW, BY_KEY).where(OrderRows.ofOneNumber(FLASHSALE_ORDER.ID, length)),
                    Bind.LINES_OF_ORDERS,
                    OrderRows::at)
            .skipLocked();

    static final Query<HoldId, At<OrderLine>> FIND_BY_HOLD = query(
            "order.findByHold",
            ONE_PER_HOLD,
            length -> OrderRows.select(NOW, BY_HOLD)
                    .where(Render.anyOf(FLASHSALE_ORDER.HOLD_ID, length))
                    .orderBy(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.LINE_NO),
            Bind.HOLDS,
            OrderRows::at);

    static final Query<Line<HoldId>, At<OrderLine>> LOCK_LINES_BY_HOLD =
            linesByHold().atOnce();
    static final Query<Line<HoldId>, At<OrderLine>> LOCK_FREE_LINES_BY_HOLD =
            linesByHold().skipLocked();

    static final Update<Order> SAVE = update(
            "order.save",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_ORDER.STATUS, Render.param(FLASHSALE_ORDER.STATUS))
                    .where(Render.anyOf(FLASHSALE_ORDER.ID, length)),
            common(
                    (order, parameters) -> parameters.add(order.status()),
                    (order, parameters) -> parameters.add(order.id())));

    record LineDeadline(Instant deadline, Line<OrderId> line) {}

    static final Update<LineDeadline> SAVE_DEADLINE = update(
            "order.saveDeadline",
            KEY,
            Render.SQL
                    .update(FLASHSALE_ORDER)
                    .set(FLASHSALE_ORDER.PAYMENT_DEADLINE, Render.param(FLASHSALE_ORDER.PAYMENT_DEADLINE))
                    .where(Render.is(FLASHSALE_ORDER.ID))
                    .and(Render.is(FLASHSALE_ORDER.LINE_NO)),
            (line, parameters) -> parameters
                    .add(line.deadline())
                    .add(line.line().of())
                    .add(line.line().number()));

    record LineStatus(OrderStatus status, Line<OrderId> line) {

        /** Those of one statement. */
        Object alike() {
            return List.of(status, line.number());
        }
    }

    static final Update<LineStatus> SAVE_LINES = update(
            "order.saveLines",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_ORDER.STATUS, Render.param(FLASHSALE_ORDER.STATUS))
                    .where(OrderRows.ofOneNumber(FLASHSALE_ORDER.ID, length)),
            common(
                    (line, parameters) ->
                            parameters.add(line.status()).add(line.line().number()),
                    (line, parameters) -> parameters.add(line.line().of())));

    record Returned(OrderId order, Item item) {}

    static final Update<Returned> GIVE_BACK_SOME = update(
            "order.giveBackSome",
            KEY,
            length -> Render.insert(
                    FLASHSALE_RETURNED_PIECE,
                    length,
                    List.of(
                            FLASHSALE_RETURNED_PIECE.ORDER_ID,
                            FLASHSALE_RETURNED_PIECE.PRODUCT_ID,
                            FLASHSALE_RETURNED_PIECE.QUANTITY)),
            each((returned, parameters) -> parameters.add(returned.order()).add(returned.item())));

    /** What has given all back has given some back no more. */
    static final Update<OrderId> GIVEN_BACK_ALL = update(
            "order.givenBackAll",
            "flashsale_returned_piece_by_order",
            Render.SQL.deleteFrom(FLASHSALE_RETURNED_PIECE).where(Render.is(FLASHSALE_RETURNED_PIECE.ORDER_ID)),
            (order, parameters) -> parameters.add(order));

    record Some(ProductId product, int limit) {}

    static final Query<Some, Optional<OrderLine>> LOCK_OVERDUE = query(
            "order.lockOverdue",
            BY_STATUS,
            OrderRows.select(NOW, FLASHSALE_ORDER)
                    .where(Render.is(FLASHSALE_ORDER.PRODUCT_ID))
                    .and(PENDING)
                    .and(FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW))
                    .orderBy(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                    .limit(Render.LIMIT)
                    .forUpdate()
                    .skipLocked(),
            (some, parameters) -> parameters.add(some.product()).add(some.limit()),
            Query.ifReadable(OrderRows::line));

    /** As the next expiry is found. */
    static final Query<ProductId, Instant> NEXT_DEADLINE = query(
            "order.nextDeadline",
            BY_STATUS,
            Render.SQL
                    .select(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                    .from(FLASHSALE_ORDER)
                    .where(Render.is(FLASHSALE_ORDER.PRODUCT_ID))
                    .and(PENDING)
                    .orderBy(FLASHSALE_ORDER.PRODUCT_ID, FLASHSALE_ORDER.STATUS, FLASHSALE_ORDER.PAYMENT_DEADLINE)
                    .limit(Render.ONE),
            (product, parameters) -> parameters.add(product),
            Row::time);

    static final Query<ProductId, Instant> NEXT_COMMITTED_DEADLINE = NEXT_DEADLINE.skipLocked();

    private OrderStatements() {}

    private static Query<Line<HoldId>, At<OrderLine>> linesByHold() {
        return query(
                "order.linesByHold",
                ONE_PER_HOLD,
                length -> OrderRows.select(NOW, BY_HOLD).where(OrderRows.ofOneNumber(FLASHSALE_ORDER.HOLD_ID, length)),
                Bind.LINES_OF_HOLDS,
                OrderRows::at);
    }
}
