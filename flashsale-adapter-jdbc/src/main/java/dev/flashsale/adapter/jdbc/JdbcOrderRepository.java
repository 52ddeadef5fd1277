package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.Sql.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

final class JdbcOrderRepository implements OrderRepository {

    private static final Table<Record> BY_HOLD = Sql.by(FLASHSALE_ORDER, "flashsale_order_one_per_hold");

    private static final Condition PENDING =
            FLASHSALE_ORDER.STATUS.eq(inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS));

    private final Sql sql;
    private final JdbcTransactions transactions;

    JdbcOrderRepository(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /**
     * The numbers are read back by the holds' ids: what the driver says of the numbers of a multi-row insert is only
     * right for some settings of the server.
     */
    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        var insert = sql.dsl()
                .insertInto(
                        FLASHSALE_ORDER,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.AMOUNT,
                        FLASHSALE_ORDER.CURRENCY,
                        FLASHSALE_ORDER.STATUS,
                        FLASHSALE_ORDER.PLACED_AT,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE);
        for (NewOrder order : orders) {
            insert = insert.values(
                    order.holdId(),
                    order.productId(),
                    order.quantity(),
                    order.amount().amount(),
                    order.amount().currency(),
                    OrderStatus.PENDING,
                    order.placedAt(),
                    order.paymentDeadline());
        }
        insert.execute();
        Map<HoldId, OrderId> numbers = sql.dsl()
                .select(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.ID)
                .from(BY_HOLD)
                .where(FLASHSALE_ORDER.HOLD_ID.in(
                        orders.stream().map(NewOrder::holdId).toList()))
                .fetchMap(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.ID);
        Map<HoldId, Order> numbered = new HashMap<>();
        orders.forEach(order ->
                numbered.put(order.holdId(), order.numbered(Objects.requireNonNull(numbers.get(order.holdId())))));
        return numbered;
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        return sql.asOf(
                selectOrders(NOW_AFTER_LOCK, Sql.byKey(FLASHSALE_ORDER))
                        .where(FLASHSALE_ORDER.ID.in(ids))
                        .orderBy(FLASHSALE_ORDER.ID)
                        .forUpdate()
                        .fetch(),
                NOW_AFTER_LOCK,
                row -> row.get(FLASHSALE_ORDER.ID),
                JdbcOrderRepository::order);
    }

    @Override
    public void save(Collection<Order> orders) {
        Map<OrderStatus, List<OrderId>> byStatus = orders.stream()
                .collect(Collectors.groupingBy(
                        Order::status,
                        () -> new EnumMap<>(OrderStatus.class),
                        Collectors.mapping(Order::id, Collectors.toList())));
        byStatus.forEach((status, ids) -> Sql.requireAll(
                ids,
                sql.dsl()
                        .update(Sql.byKey(FLASHSALE_ORDER))
                        .set(FLASHSALE_ORDER.STATUS, status)
                        .where(FLASHSALE_ORDER.ID.in(ids))
                        .execute()));
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        return transactions.read(() -> sql.asOf(
                selectOrders(NOW, Sql.byKey(FLASHSALE_ORDER))
                        .where(FLASHSALE_ORDER.ID.in(ids))
                        .orderBy(FLASHSALE_ORDER.ID)
                        .fetch(),
                NOW,
                row -> row.get(FLASHSALE_ORDER.ID),
                JdbcOrderRepository::order));
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        return transactions.read(() -> sql.asOf(
                selectOrders(NOW, BY_HOLD)
                        .where(FLASHSALE_ORDER.HOLD_ID.in(holdIds))
                        .fetch(),
                NOW,
                row -> row.get(FLASHSALE_ORDER.HOLD_ID),
                JdbcOrderRepository::order));
    }

    @Override
    public List<Order> lockOverdue(ProductId productId, int limit) {
        return selectOrders(NOW, FLASHSALE_ORDER)
                .where(FLASHSALE_ORDER.PRODUCT_ID.eq(productId))
                .and(PENDING)
                .and(FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW))
                .orderBy(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(JdbcOrderRepository::order);
    }

    @Override
    public List<ProductId> productsWithOverdue(int limit) {
        return transactions.read(() -> sql.dsl()
                .select(FLASHSALE_STOCK.PRODUCT_ID)
                .from(FLASHSALE_STOCK)
                .where(firstDeadline(FLASHSALE_STOCK.PRODUCT_ID).le(NOW))
                .limit(limit)
                .fetch(FLASHSALE_STOCK.PRODUCT_ID));
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        return transactions.read(() -> Optional.ofNullable(sql.dsl()
                .select(firstDeadline(inline(productId, FLASHSALE_ORDER.PRODUCT_ID)))
                .fetchSingle()
                .value1()));
    }

    @Override
    public List<Order> lockFreeOf(Set<HoldId> holdIds) {
        return selectOrders(NOW, BY_HOLD)
                .where(FLASHSALE_ORDER.HOLD_ID.in(holdIds))
                .forUpdate()
                .skipLocked()
                .fetch(JdbcOrderRepository::order);
    }

    @Override
    public void delete(Set<OrderId> ids) {
        sql.delete(FLASHSALE_ORDER.ID, ids);
    }

    /**
     * A scalar subquery with a limit, so that it stays one step into the index for each product. It is ordered by the
     * whole index: by the last column alone, MySQL reads and sorts all of the product's.
     */
    private static Field<Instant> firstDeadline(Field<ProductId> productId) {
        return field(select(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                .from(FLASHSALE_ORDER)
                .where(FLASHSALE_ORDER.PRODUCT_ID.eq(productId))
                .and(PENDING)
                .orderBy(FLASHSALE_ORDER.PRODUCT_ID, FLASHSALE_ORDER.STATUS, FLASHSALE_ORDER.PAYMENT_DEADLINE)
                .limit(inline(1)));
    }

    private SelectJoinStep<? extends Record> selectOrders(Field<Instant> now, Table<Record> table) {
        return sql.dsl()
                .select(
                        FLASHSALE_ORDER.ID,
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

    private static Order order(Record row) {
        return new Order(
                row.get(FLASHSALE_ORDER.ID),
                row.get(FLASHSALE_ORDER.HOLD_ID),
                row.get(FLASHSALE_ORDER.PRODUCT_ID),
                row.get(FLASHSALE_ORDER.QUANTITY),
                new Money(row.get(FLASHSALE_ORDER.AMOUNT), row.get(FLASHSALE_ORDER.CURRENCY)),
                row.get(FLASHSALE_ORDER.PLACED_AT),
                row.get(FLASHSALE_ORDER.PAYMENT_DEADLINE),
                row.get(FLASHSALE_ORDER.STATUS));
    }
}
