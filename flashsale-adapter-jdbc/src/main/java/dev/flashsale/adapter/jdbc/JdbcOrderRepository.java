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
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SelectConditionStep;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

final class JdbcOrderRepository implements OrderRepository {

    private static final Table<Record> BY_HOLD = Sql.by(FLASHSALE_ORDER, "flashsale_order_one_per_hold");

    private static final Condition PENDING =
            FLASHSALE_ORDER.STATUS.eq(inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS));

    private static final Condition NOT_A_FURTHER_LINE = FLASHSALE_ORDER.LINE_COUNT.gt(inline((byte) 0));

    private static final HotStatement INSERT =
            new HotStatement(length -> insertRows(length, inline((byte) 1, FLASHSALE_ORDER.LINE_COUNT)));

    private static final HotStatement INSERT_LINES =
            new HotStatement(length -> insertRows(length, Sql.param(FLASHSALE_ORDER.LINE_COUNT)));

    private static final HotStatement NUMBERS = new HotStatement(length -> Sql.STATEMENTS
            .select(FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.ID)
            .from(BY_HOLD)
            .where(Sql.anyOf(FLASHSALE_ORDER.HOLD_ID, length)));

    private static final HotStatement LOCK =
            new HotStatement(length -> selectOrders(Sql.STATEMENTS, NOW_AFTER_LOCK, Sql.byKey(FLASHSALE_ORDER))
                    .where(Sql.anyOf(FLASHSALE_ORDER.ID, length))
                    .and(NOT_A_FURTHER_LINE)
                    .orderBy(FLASHSALE_ORDER.ID)
                    .forUpdate());

    private static final HotStatement LOCK_LINES =
            new HotStatement(length -> selectOrders(Sql.STATEMENTS, NOW_AFTER_LOCK, BY_HOLD)
                    .where(Sql.anyOf(FLASHSALE_ORDER.HOLD_ID, length))
                    .forUpdate());

    private static final Map<OrderStatus, HotStatement> SAVE = new EnumMap<>(OrderStatus.class);
    private static final Map<OrderStatus, HotStatement> SAVE_LINES = new EnumMap<>(OrderStatus.class);

    static {
        for (OrderStatus status : OrderStatus.values()) {
            SAVE.put(
                    status,
                    new HotStatement(length -> Sql.STATEMENTS
                            .update(Sql.byKey(FLASHSALE_ORDER))
                            .set(FLASHSALE_ORDER.STATUS, inline(status, FLASHSALE_ORDER.STATUS))
                            .where(Sql.anyOf(FLASHSALE_ORDER.ID, length))));
            SAVE_LINES.put(
                    status,
                    new HotStatement(length -> Sql.STATEMENTS
                            .update(BY_HOLD)
                            .set(FLASHSALE_ORDER.STATUS, inline(status, FLASHSALE_ORDER.STATUS))
                            .where(Sql.anyOf(FLASHSALE_ORDER.HOLD_ID, length))));
        }
    }

    private final Sql sql;

    JdbcOrderRepository(Sql sql) {
        this.sql = sql;
    }

    private static Query insertRows(int length, Field<Byte> lineCount) {
        return Sql.STATEMENTS
                .insertInto(
                        FLASHSALE_ORDER,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.AMOUNT,
                        FLASHSALE_ORDER.CURRENCY,
                        FLASHSALE_ORDER.PLACED_AT,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE,
                        FLASHSALE_ORDER.LINE_COUNT,
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
                                lineCount,
                                inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS))));
    }

    /**
     * The numbers are read back by the holds' ids: what the driver says of the numbers of a multi-row insert is only
     * right for some settings of the server.
     */
    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        List<NewOrder> all = List.copyOf(orders);
        List<NewOrder> single =
                all.stream().filter(order -> order.further().isEmpty()).toList();
        int unused = sql.update(INSERT, single, (some, parameters) -> {
            for (NewOrder order : some) {
                addOrder(order, parameters);
            }
        });
        if (single.size() < all.size()) {
            insertLines(all.stream()
                    .filter(order -> !order.further().isEmpty())
                    .flatMap(order -> lines(order).stream())
                    .toList());
        }
        Map<HoldId, OrderId> numbered = new HashMap<>();
        sql.query(
                        NUMBERS,
                        all.stream().map(NewOrder::holdId).toList(),
                        Parameters::addHolds,
                        row -> Map.entry(row.holdId(), new OrderId(row.number())))
                .forEach(number -> numbered.put(number.getKey(), number.getValue()));
        return all.stream()
                .map(order -> order.numbered(Objects.requireNonNull(numbered.get(order.holdId()))))
                .collect(Collectors.toMap(Order::holdId, Function.identity()));
    }

    /** A row of an order of several products: the first of that many, or the further one of that number, negative. */
    private record Line(NewOrder order, int count) {}

    /** The first has the whole amount. */
    private static List<Line> lines(NewOrder order) {
        List<Line> lines = new ArrayList<>();
        for (Item item : order.items()) {
            boolean first = lines.isEmpty();
            lines.add(new Line(
                    new NewOrder(
                            order.holdId().line(lines.size()),
                            item.productId(),
                            item.quantity(),
                            first ? order.amount() : order.amount().times(0),
                            order.placedAt(),
                            order.paymentDeadline()),
                    first ? 1 + order.further().size() : -lines.size()));
        }
        return lines;
    }

    private void insertLines(List<Line> lines) {
        int unused = sql.update(INSERT_LINES, lines, (some, parameters) -> {
            for (Line line : some) {
                addOrder(line.order(), parameters).add(line.count());
            }
        });
    }

    private static Parameters addOrder(NewOrder order, Parameters parameters) throws SQLException {
        return parameters
                .add(order.holdId())
                .add(order.productId().value())
                .add(order.quantity().value())
                .add(order.amount().amount())
                .add(order.amount().currency().getCurrencyCode())
                .add(order.placedAt())
                .add(order.paymentDeadline());
    }

    /** The further lines are locked after the first ones, which keep others than those who never wait from them. */
    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        Lines lines = new Lines();
        AsOf<OrderId, Order> first = sql.asOf(
                sql.query(LOCK, List.copyOf(ids), Parameters::addOrders, row -> locked(row, lines)), Order::id);
        return lines.none()
                ? first
                : lines.whole(
                        first,
                        sql.asOf(
                                sql.query(
                                        LOCK_LINES,
                                        lines.furtherIds(),
                                        Parameters::addHolds,
                                        row -> locked(row, lines)),
                                Order::holdId),
                        Order::holdId,
                        Order::whole);
    }

    private static Sql.At<Order> locked(Row row, Lines lines) throws SQLException {
        Order order = order(row);
        lines.see(order.holdId(), row.count());
        return new Sql.At<>(order, row.time());
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
        Map<OrderStatus, List<Order>> byStatus = orders.stream()
                .collect(Collectors.groupingBy(
                        Order::status, () -> new EnumMap<>(OrderStatus.class), Collectors.toList()));
        byStatus.forEach((status, some) -> {
            Sql.requireAll(
                    some,
                    sql.update(
                            Objects.requireNonNull(SAVE.get(status)),
                            some.stream().map(Order::id).toList(),
                            Parameters::addOrders));
            List<HoldId> further = some.stream()
                    .filter(order -> !order.further().isEmpty())
                    .flatMap(order -> order.lineIds().stream().skip(1))
                    .toList();
            Sql.requireAll(
                    further, sql.update(Objects.requireNonNull(SAVE_LINES.get(status)), further, Parameters::addHolds));
        });
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        return whole(
                selectOrders(sql.dsl(), NOW, Sql.byKey(FLASHSALE_ORDER))
                        .where(FLASHSALE_ORDER.ID.in(ids))
                        .and(NOT_A_FURTHER_LINE)
                        .orderBy(FLASHSALE_ORDER.ID)
                        .fetch(),
                FLASHSALE_ORDER.ID);
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        return whole(ofHolds(holdIds).fetch(), FLASHSALE_ORDER.HOLD_ID);
    }

    private ResultQuery<? extends Record> ofHolds(Collection<HoldId> holdIds) {
        SelectConditionStep<? extends Record> orders =
                selectOrders(sql.dsl(), NOW, BY_HOLD).where(FLASHSALE_ORDER.HOLD_ID.in(holdIds));
        return sql.oldSnapshot() ? orders.forUpdate().noWait() : orders;
    }

    private <K> AsOf<K, Order> whole(Result<? extends Record> rows, Field<K> id) {
        Lines lines = new Lines();
        rows.forEach(row -> lines.see(row.get(FLASHSALE_ORDER.HOLD_ID), row.get(FLASHSALE_ORDER.LINE_COUNT)));
        return lines.none()
                ? orders(rows, id)
                : lines.whole(
                        orders(rows, id),
                        orders(ofHolds(lines.furtherIds()).fetch(), FLASHSALE_ORDER.HOLD_ID),
                        Order::holdId,
                        Order::whole);
    }

    private <K> AsOf<K, Order> orders(Result<? extends Record> rows, Field<K> id) {
        return sql.asOf(rows, NOW, row -> row.get(id), JdbcOrderRepository::order);
    }

    @Override
    public List<Order> lockOverdue(ProductId productId, int limit) {
        return selectOrders(sql.dsl(), NOW, FLASHSALE_ORDER)
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
        return sql.dsl()
                .select(FLASHSALE_STOCK.PRODUCT_ID)
                .from(FLASHSALE_STOCK)
                .where(firstDeadline(FLASHSALE_STOCK.PRODUCT_ID).le(NOW))
                .limit(limit)
                .fetch(FLASHSALE_STOCK.PRODUCT_ID);
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        Optional<Instant> seen = Optional.ofNullable(sql.dsl()
                .select(firstDeadline(inline(productId, FLASHSALE_ORDER.PRODUCT_ID)))
                .fetchSingle()
                .value1());
        return sql.oldSnapshot() ? committedDeadline(productId).or(() -> seen) : seen;
    }

    private Optional<Instant> committedDeadline(ProductId productId) {
        return sql.dsl()
                .select(FLASHSALE_ORDER.PAYMENT_DEADLINE)
                .from(FLASHSALE_ORDER)
                .where(FLASHSALE_ORDER.PRODUCT_ID.eq(productId))
                .and(PENDING)
                .orderBy(FLASHSALE_ORDER.PRODUCT_ID, FLASHSALE_ORDER.STATUS, FLASHSALE_ORDER.PAYMENT_DEADLINE)
                .limit(inline(1))
                .forUpdate()
                .skipLocked()
                .fetchOptional(FLASHSALE_ORDER.PAYMENT_DEADLINE);
    }

    @Override
    public AsOf<OrderId, Order> page(Optional<OrderId> after, int limit) {
        return whole(
                selectOrders(sql.dsl(), NOW, FLASHSALE_ORDER)
                        .where(after.map(FLASHSALE_ORDER.ID::gt).orElseGet(DSL::noCondition))
                        .and(NOT_A_FURTHER_LINE)
                        .orderBy(FLASHSALE_ORDER.ID)
                        .limit(limit)
                        .fetch(),
                FLASHSALE_ORDER.ID);
    }

    @Override
    public SortedMap<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        return switch (status) {
            case PENDING ->
                wholes(stored(productId, OrderStatus.PENDING, FLASHSALE_ORDER.PAYMENT_DEADLINE.gt(NOW), after, limit));
            case PAID, FAILED, REFUNDED, RETURNED, CANCELLED ->
                wholes(stored(productId, status, DSL.noCondition(), after, limit));
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                Condition overdue = FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW);
                NavigableMap<OrderPosition, Order> expired =
                        wholes(stored(productId, OrderStatus.PENDING, overdue, after, limit));
                expired.putAll(wholes(stored(productId, OrderStatus.EXPIRED, DSL.noCondition(), after, limit)));
                yield Lines.first(limit, expired);
            }
        };
    }

    /** Along the index, as the holds are listed. */
    private Result<? extends Record> stored(
            ProductId productId, OrderStatus status, Condition when, Optional<OrderPosition> after, int limit) {
        return selectOrders(sql.dsl(), NOW, Sql.by(FLASHSALE_ORDER, "flashsale_order_by_status"))
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
                .fetch();
    }

    /** As the holds are. */
    private NavigableMap<OrderPosition, Order> wholes(Result<? extends Record> rows) {
        Set<HoldId> ofSeveral = Lines.ofSeveral(rows, FLASHSALE_ORDER.HOLD_ID, FLASHSALE_ORDER.LINE_COUNT);
        Map<HoldId, Order> wholes =
                ofSeveral.isEmpty() ? Map.of() : findByHold(ofSeveral).rows();
        NavigableMap<OrderPosition, Order> page = new TreeMap<>();
        for (Record row : rows) {
            Order line = order(row);
            HoldId id = Lines.whole(line.holdId(), row.get(FLASHSALE_ORDER.LINE_COUNT));
            page.put(OrderPosition.of(line), wholes.getOrDefault(id, line));
        }
        return page;
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
        return selectOrders(sql.dsl(), NOW, BY_HOLD)
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

    private static SelectJoinStep<? extends Record> selectOrders(
            DSLContext dsl, Field<Instant> now, Table<Record> table) {
        return dsl.select(
                        FLASHSALE_ORDER.ID,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.PRODUCT_ID,
                        FLASHSALE_ORDER.QUANTITY,
                        FLASHSALE_ORDER.AMOUNT,
                        FLASHSALE_ORDER.CURRENCY,
                        FLASHSALE_ORDER.PLACED_AT,
                        FLASHSALE_ORDER.PAYMENT_DEADLINE,
                        FLASHSALE_ORDER.STATUS,
                        FLASHSALE_ORDER.LINE_COUNT,
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
