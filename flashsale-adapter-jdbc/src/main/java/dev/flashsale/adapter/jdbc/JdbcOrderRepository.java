package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.Sql.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

final class JdbcOrderRepository implements OrderRepository {

    private static final Table<Record> BY_HOLD = Sql.by(FLASHSALE_ORDER, "flashsale_order_one_per_hold");

    private static final Condition PENDING =
            FLASHSALE_ORDER.STATUS.eq(inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS));

    private final Sql sql;
    private final JdbcTransactions transactions;

    private final HotStatement insert;
    private final HotStatement numbers;
    private final HotStatement lock;
    private final Map<OrderStatus, HotStatement> save = new EnumMap<>(OrderStatus.class);

    JdbcOrderRepository(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
        insert = sql.hot(this::insertRows);
        numbers = sql.hot(length -> sql.dsl()
                .select(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.ID)
                .from(BY_HOLD)
                .where(Sql.anyOf(FLASHSALE_ORDER.HOLD_ID, length)));
        lock = sql.hot(length -> selectOrders(NOW_AFTER_LOCK, Sql.byKey(FLASHSALE_ORDER))
                .where(Sql.anyOf(FLASHSALE_ORDER.ID, length))
                .orderBy(FLASHSALE_ORDER.ID)
                .forUpdate());
        for (OrderStatus status : OrderStatus.values()) {
            save.put(
                    status,
                    sql.hot(length -> sql.dsl()
                            .update(Sql.byKey(FLASHSALE_ORDER))
                            .set(FLASHSALE_ORDER.STATUS, inline(status, FLASHSALE_ORDER.STATUS))
                            .where(Sql.anyOf(FLASHSALE_ORDER.ID, length))));
        }
    }

    private Query insertRows(int length) {
        return sql.dsl()
                .insertInto(
                        FLASHSALE_ORDER,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.AMOUNT,
                        FLASHSALE_ORDER.CURRENCY,
                        FLASHSALE_ORDER.PLACED_AT,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE,
                        FLASHSALE_ORDER.STATUS)
                .valuesOfRows(Collections.nCopies(
                        length,
                        row(
                                Sql.param(FLASHSALE_ORDER.HOLD_ID),
                                Sql.param(FLASHSALE_ORDER.PRODUCT_ID),
                                Sql.param(FLASHSALE_ORDER.QUANTITY),
                                Sql.param(FLASHSALE_ORDER.AMOUNT),
                                Sql.param(FLASHSALE_ORDER.CURRENCY),
                                Sql.param(FLASHSALE_ORDER.PLACED_AT),
                                Sql.param(FLASHSALE_ORDER.PAYMENT_DEADLINE),
                                inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS))));
    }

    /**
     * The numbers are read back by the holds' ids: what the driver says of the numbers of a multi-row insert is only
     * right for some settings of the server.
     */
    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        List<NewOrder> all = List.copyOf(orders);
        int unused = insert.update(all, (some, parameters) -> {
            for (NewOrder order : some) {
                parameters
                        .add(order.holdId())
                        .add(order.productId().value())
                        .add(order.quantity().value())
                        .add(order.amount().amount())
                        .add(order.amount().currency().getCurrencyCode())
                        .add(order.placedAt())
                        .add(order.paymentDeadline());
            }
        });
        Map<HoldId, OrderId> numbered = new HashMap<>();
        numbers.query(
                        all.stream().map(NewOrder::holdId).toList(),
                        Parameters::addHolds,
                        row -> Map.entry(row.holdId(), new OrderId(row.number())))
                .forEach(number -> numbered.put(number.getKey(), number.getValue()));
        return all.stream()
                .map(order -> order.numbered(Objects.requireNonNull(numbered.get(order.holdId()))))
                .collect(Collectors.toMap(Order::holdId, Function.identity()));
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        return sql.asOf(
                lock.query(List.copyOf(ids), Parameters::addOrders, row -> new Sql.At<>(order(row), row.time())),
                Order::id);
    }

    private static Order order(Row row) throws SQLException {
        return new Order(
                new OrderId(row.number()),
                row.holdId(),
                new ProductId(row.number()),
                new Quantity(row.count()),
                new Money(row.decimal(), Currency.getInstance(row.text())),
                row.time(),
                row.time(),
                row.name(OrderStatus.class));
    }

    @Override
    public void save(Collection<Order> orders) {
        Map<OrderStatus, List<OrderId>> byStatus = orders.stream()
                .collect(Collectors.groupingBy(
                        Order::status,
                        () -> new EnumMap<>(OrderStatus.class),
                        Collectors.mapping(Order::id, Collectors.toList())));
        byStatus.forEach((status, ids) ->
                Sql.requireAll(ids, Objects.requireNonNull(save.get(status)).update(ids, Parameters::addOrders)));
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
    public AsOf<OrderId, Order> page(Optional<OrderId> after, int limit) {
        return transactions.read(() -> sql.asOf(
                selectOrders(NOW, FLASHSALE_ORDER)
                        .where(after.map(FLASHSALE_ORDER.ID::gt).orElseGet(DSL::noCondition))
                        .orderBy(FLASHSALE_ORDER.ID)
                        .limit(limit)
                        .fetch(),
                NOW,
                row -> row.get(FLASHSALE_ORDER.ID),
                JdbcOrderRepository::order));
    }

    @Override
    public List<Order> page(ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        return switch (status) {
            case PENDING ->
                stored(productId, OrderStatus.PENDING, FLASHSALE_ORDER.PAYMENT_DEADLINE.gt(NOW), after, limit);
            case PAID, FAILED, REFUNDED, RETURNED, CANCELLED ->
                stored(productId, status, DSL.noCondition(), after, limit);
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                Map<OrderPosition, Order> expired = new TreeMap<>();
                Condition overdue = FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW);
                stored(productId, OrderStatus.PENDING, overdue, after, limit)
                        .forEach(order -> expired.put(OrderPosition.of(order), order));
                stored(productId, OrderStatus.EXPIRED, DSL.noCondition(), after, limit)
                        .forEach(order -> expired.put(OrderPosition.of(order), order));
                yield expired.values().stream().limit(limit).toList();
            }
        };
    }

    /** Along the index, as the holds are listed. */
    private List<Order> stored(
            ProductId productId, OrderStatus status, Condition when, Optional<OrderPosition> after, int limit) {
        return transactions.read(() -> selectOrders(NOW, Sql.by(FLASHSALE_ORDER, "flashsale_order_by_status"))
                .where(FLASHSALE_ORDER.PRODUCT_ID.eq(productId))
                .and(FLASHSALE_ORDER.STATUS.eq(inline(status, FLASHSALE_ORDER.STATUS)))
                .and(when)
                .and(after.map(JdbcOrderRepository::isAfter).orElseGet(DSL::noCondition))
                .orderBy(
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.STATUS,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.ID)
                .limit(limit)
                .fetch(JdbcOrderRepository::order));
    }

    private static Condition isAfter(OrderPosition position) {
        return FLASHSALE_ORDER
                .PAYMENT_DEADLINE
                .ge(position.paymentDeadline())
                .and(FLASHSALE_ORDER
                        .PAYMENT_DEADLINE
                        .gt(position.paymentDeadline())
                        .or(FLASHSALE_ORDER.QUANTITY.gt(position.quantity()))
                        .or(FLASHSALE_ORDER
                                .QUANTITY
                                .eq(position.quantity())
                                .and(FLASHSALE_ORDER.ID.gt(position.id()))));
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
