package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OrderRows.BY_HOLD;
import static dev.flashsale.adapter.jdbc.OrderRows.LINES;
import static dev.flashsale.adapter.jdbc.OrderRows.LINES_OF_HOLDS;
import static dev.flashsale.adapter.jdbc.OrderRows.PENDING;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The orders, as whoever tidies up needs them. */
record JdbcOrderHousekeeping(Sql sql) implements OrderHousekeeping {

    /** As the products with expired holds are found. */
    static final Query<Integer, ProductId> PRODUCTS_WITH_OVERDUE = query(
            "order.productsWithOverdue",
            OrderRows.BY_STATUS,
            Render.SQL
                    .select(FLASHSALE_STOCK.PRODUCT_ID)
                    .from(FLASHSALE_STOCK)
                    .where(field(select(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                                    .from(FLASHSALE_ORDER)
                                    .where(FLASHSALE_ORDER.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                                    .and(PENDING)
                                    .orderBy(
                                            FLASHSALE_ORDER.PRODUCT_ID,
                                            FLASHSALE_ORDER.STATUS,
                                            FLASHSALE_ORDER.PAYMENT_DEADLINE)
                                    .limit(Render.ONE))
                            .le(NOW))
                    .limit(Render.LIMIT),
            (limit, parameters) -> parameters.add(limit.intValue()),
            Row::product);

    static final Query<HoldId, At<OrderLine>> LOCK_FREE = query(
            "order.lockFree",
            OrderRows.ONE_PER_HOLD,
            length -> OrderRows.select(NOW, BY_HOLD)
                    .where(Render.anyOf(FLASHSALE_ORDER.HOLD_ID, length))
                    .orderBy(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.LINE_NO)
                    .forUpdate()
                    .skipLocked(),
            Bind.HOLDS,
            OrderRows::at);

    static final Update<Line<OrderId>> DELETE = update(
            "order.delete",
            "PRIMARY",
            Render.SQL
                    .deleteFrom(FLASHSALE_ORDER)
                    .where(Render.is(FLASHSALE_ORDER.ID))
                    .and(Render.is(FLASHSALE_ORDER.LINE_NO)),
            (line, parameters) -> parameters.add(line.of()).add(line.number()));

    @Override
    public List<ProductId> productsWithOverdue(int limit) {
        return sql.queryOne(PRODUCTS_WITH_OVERDUE, limit);
    }

    @Override
    public Map<HoldId, Order> lockFreeOf(Set<HoldId> holdIds) {
        List<At<OrderLine>> lines = sql.oldSnapshot()
                ? LINES_OF_HOLDS.byNumber(sql, OrderStatements.LOCK_FREE_LINES_BY_HOLD, holdIds)
                : sql.query(LOCK_FREE, holdIds);
        return LINES_OF_HOLDS.wholes(lines.stream().map(At::value).toList());
    }

    @Override
    public void delete(Set<OrderId> ids) {
        List<OrderLine> lines =
                new JdbcOrders(sql).lockLines(ids).stream().map(At::value).toList();
        Sql.requireAll(ids, LINES.wholes(lines).size());
        sql.updateEach(DELETE, lines.stream().map(LINES::keyOf).toList());
    }
}
