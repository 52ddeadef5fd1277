package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OrderRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.OrderRows.LINES;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The orders, as people look at them. */
record JdbcOrderLists(Sql sql) implements OrderLists {

    /** @param after 0 for the first page */
    record PageOfAll(long after, int limit) {}

    static final Query<PageOfAll, Looked<OrderId, OrderLine>> OF_ALL = query(
            "order.pageOfAll",
            "PRIMARY",
            OrderRows.select(NOW, BY_KEY)
                    .where(FLASHSALE_ORDER.ID.gt(Render.param(FLASHSALE_ORDER.ID)))
                    .and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE))
                    .orderBy(FLASHSALE_ORDER.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
            Looked.at(Row::order, OrderRows::at));

    static final Query<HoldId, Looked<HoldId, OrderLine>> OF_HOLDS = query(
            "order.listOfHolds",
            OrderRows.ONE_PER_HOLD,
            length -> OrderRows.select(NOW, OrderRows.BY_HOLD)
                    .where(Render.anyOf(FLASHSALE_ORDER.HOLD_ID, length))
                    .and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE)),
            Bind.HOLDS,
            Looked.at(OrderRows::hold, OrderRows::at));

    /** @param status what was written */
    record Page(ProductId product, OrderStatus status, Optional<OrderPosition> after, int limit) {}

    static final Query<Page, Looked<OrderPosition, OrderLine>> OF_STATUS = page("order.page", DSL.noCondition());
    static final Query<Page, Looked<OrderPosition, OrderLine>> IN_TIME =
            page("order.pageOfInTime", FLASHSALE_ORDER.PAYMENT_DEADLINE.gt(NOW));
    static final Query<Page, Looked<OrderPosition, OrderLine>> OVERDUE =
            page("order.pageOfOverdue", FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW));

    /** Along the index, as the holds are listed. */
    private static Query<Page, Looked<OrderPosition, OrderLine>> page(String name, Condition when) {
        return query(
                name,
                OrderRows.BY_STATUS,
                OrderRows.select(NOW, Render.by(FLASHSALE_ORDER, OrderRows.BY_STATUS))
                        .where(Render.is(FLASHSALE_ORDER.PRODUCT_ID))
                        .and(Render.is(FLASHSALE_ORDER.STATUS))
                        .and(when)
                        .and(FLASHSALE_ORDER.PAYMENT_DEADLINE.ge(Render.param(FLASHSALE_ORDER.PAYMENT_DEADLINE)))
                        .and(FLASHSALE_ORDER
                                .PAYMENT_DEADLINE
                                .gt(Render.param(FLASHSALE_ORDER.PAYMENT_DEADLINE))
                                .or(FLASHSALE_ORDER.QUANTITY.gt(Render.param(FLASHSALE_ORDER.QUANTITY)))
                                .or(Render.is(FLASHSALE_ORDER.QUANTITY)
                                        .and(FLASHSALE_ORDER.ID.gt(Render.param(FLASHSALE_ORDER.ID)))))
                        .orderBy(
                                FLASHSALE_ORDER.PRODUCT_ID,
                                FLASHSALE_ORDER.STATUS,
                                FLASHSALE_ORDER.PAYMENT_DEADLINE,
                                FLASHSALE_ORDER.QUANTITY,
                                FLASHSALE_ORDER.ID)
                        .limit(Render.LIMIT),
                (page, parameters) -> {
                    Instant deadline =
                            page.after().map(OrderPosition::paymentDeadline).orElse(Parameters.BEFORE_ALL);
                    int quantity =
                            page.after().map(after -> after.quantity().value()).orElse(0);
                    parameters
                            .add(page.product())
                            .add(page.status())
                            .add(deadline)
                            .add(deadline)
                            .add(quantity)
                            .add(quantity)
                            .add(page.after().map(after -> after.id().value()).orElse(0L))
                            .add(Looked.more(page.limit()));
                },
                Looked.at(OrderRows::position, OrderRows::at));
    }

    @Override
    public Slice<OrderId, Order> among(Set<OrderId> ids) {
        return Looked.each(sql, ids, some -> new JdbcOrders(sql).find(some).rows());
    }

    @Override
    public Slice<OrderId, Order> page(Optional<OrderId> after, int limit) {
        PageOfAll page = new PageOfAll(after.map(OrderId::value).orElse(0L), limit);
        return wholes(sql.queryOne(OF_ALL, page), limit);
    }

    @Override
    public Slice<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        Page page = new Page(productId, status, after, limit);
        return switch (status) {
            case PENDING -> wholes(sql.queryOne(IN_TIME, page), limit);
            case PAID, FAILED, REFUNDED, RETURNED, CANCELLED -> wholes(sql.queryOne(OF_STATUS, page), limit);
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                SortedMap<OrderPosition, Looked<OrderPosition, OrderLine>> expired = new TreeMap<>();
                sql.queryOne(OVERDUE, new Page(productId, OrderStatus.PENDING, after, limit))
                        .forEach(line -> expired.put(line.where(), line));
                sql.queryOne(OF_STATUS, page).forEach(line -> expired.put(line.where(), line));
                yield wholes(List.copyOf(expired.values()), limit);
            }
        };
    }

    @Override
    public Slice<HoldId, Order> ofHolds(Set<HoldId> holdIds) {
        return wholes(sql.query(OF_HOLDS, holdIds), holdIds.size());
    }

    private <K> Slice<K, Order> wholes(List<Looked<K, OrderLine>> lines, int limit) {
        return Looked.wholes(
                Looked.slice(sql, lines, limit),
                LINES,
                ids -> new JdbcOrders(sql).find(ids).rows());
    }
}
