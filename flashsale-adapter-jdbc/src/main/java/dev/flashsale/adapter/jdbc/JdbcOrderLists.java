package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OrderRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.OrderRows.LINES;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The orders, as people look at them. */
record JdbcOrderLists(Sql sql) implements OrderLists {

    /** @param after 0 for the first page */
    record PageOfAll(long after, int limit) {}

    static final Query<PageOfAll, At<OrderLine>> OF_ALL = query(
            "order.pageOfAll",
            "PRIMARY",
            OrderRows.select(NOW, BY_KEY)
                    .where(FLASHSALE_ORDER.ID.gt(Render.param(FLASHSALE_ORDER.ID)))
                    .and(FLASHSALE_ORDER.LINE_NO.eq(Render.ONE))
                    .orderBy(FLASHSALE_ORDER.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(page.limit()),
            OrderRows::at);

    /** @param status what was written */
    record Page(ProductId product, OrderStatus status, Optional<OrderPosition> after, int limit) {}

    static final Query<Page, OrderLine> OF_STATUS = page("order.page", DSL.noCondition());
    static final Query<Page, OrderLine> IN_TIME = page("order.pageOfInTime", FLASHSALE_ORDER.PAYMENT_DEADLINE.gt(NOW));
    static final Query<Page, OrderLine> OVERDUE = page("order.pageOfOverdue", FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW));

    /** Along the index, as the holds are listed. */
    private static Query<Page, OrderLine> page(String name, Condition when) {
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
                            .add(page.limit());
                },
                OrderRows::line);
    }

    @Override
    public AsOf<OrderId, Order> page(Optional<OrderId> after, int limit) {
        return sql.asOf(
                sql.queryOne(OF_ALL, new PageOfAll(after.map(OrderId::value).orElse(0L), limit)), firsts -> {
                    Function<OrderLine, Order> whole = wholeOf(firsts);
                    Map<OrderId, Order> page = LinkedHashMap.newLinkedHashMap(firsts.size());
                    firsts.forEach(first -> page.put(first.orderId(), whole.apply(first)));
                    return page;
                });
    }

    @Override
    public SortedMap<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        Page page = new Page(productId, status, after, limit);
        return switch (status) {
            case PENDING -> wholes(sql.queryOne(IN_TIME, page), limit);
            case PAID, FAILED, REFUNDED, RETURNED, CANCELLED -> wholes(sql.queryOne(OF_STATUS, page), limit);
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                List<OrderLine> expired =
                        new ArrayList<>(sql.queryOne(OVERDUE, new Page(productId, OrderStatus.PENDING, after, limit)));
                expired.addAll(sql.queryOne(OF_STATUS, page));
                yield wholes(expired, limit);
            }
        };
    }

    private SortedMap<OrderPosition, Order> wholes(List<OrderLine> lines, int limit) {
        NavigableMap<OrderPosition, OrderLine> first = new TreeMap<>();
        lines.forEach(line -> first.put(OrderPosition.of(line), line));
        while (first.size() > limit) {
            first.pollLastEntry();
        }
        Function<OrderLine, Order> whole = wholeOf(List.copyOf(first.values()));
        SortedMap<OrderPosition, Order> page = new TreeMap<>();
        first.forEach((position, line) -> page.put(position, whole.apply(line)));
        return page;
    }

    private Function<OrderLine, Order> wholeOf(List<OrderLine> lines) {
        return LINES.wholeOf(lines, ids -> new JdbcOrders(sql).find(ids).rows());
    }
}
