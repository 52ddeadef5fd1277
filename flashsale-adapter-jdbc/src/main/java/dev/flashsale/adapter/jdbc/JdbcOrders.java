package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OrderRows.LINES;
import static dev.flashsale.adapter.jdbc.OrderRows.LINES_OF_HOLDS;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.OrderStatements.LineStatus;
import dev.flashsale.adapter.jdbc.OrderStatements.NewLine;
import dev.flashsale.adapter.jdbc.OrderStatements.Returned;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The orders, as requests need them. */
record JdbcOrders(Sql sql) implements OrderRepository {

    /**
     * The numbers are read back by the holds' ids: what the driver says of the numbers of a multi-row insert is only
     * right for some settings of the server. The other lines get those of the first ones. Hardly any order is free: those
     * are inserted as pending, too, and paid at once, so that the others bind no status.
     */
    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        Map<Boolean, List<NewLine>> firstOfSeveral = orders.stream()
                .map(order -> new NewLine(null, 1, order))
                .collect(Collectors.partitioningBy(line -> line.order().lines().count() > 1));
        int unused = sql.update(OrderStatements.INSERT, firstOfSeveral.getOrDefault(false, List.of()));
        unused = sql.update(OrderStatements.INSERT_ONE_OF_SEVERAL, firstOfSeveral.getOrDefault(true, List.of()));
        Map<HoldId, OrderId> numbers = new HashMap<>();
        sql.query(OrderStatements.NUMBERS, orders.stream().map(NewOrder::holdId).toList())
                .forEach(number -> numbers.put(number.getKey(), number.getValue()));
        Map<HoldId, Order> numbered = new HashMap<>();
        List<NewLine> others = new ArrayList<>();
        for (NewOrder order : orders) {
            OrderId id = Objects.requireNonNull(numbers.get(order.holdId()));
            numbered.put(order.holdId(), order.numbered(id));
            IntStream.rangeClosed(2, order.lines().count())
                    .forEach(number -> others.add(new NewLine(id, number, order)));
        }
        unused = sql.update(OrderStatements.INSERT_ONE_OF_SEVERAL, others);
        List<Order> free = numbered.values().stream()
                .filter(order -> order.status() != OrderStatus.PENDING)
                .toList();
        if (!free.isEmpty()) {
            save(free);
        }
        return numbered;
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        return sql.asOf(lockLines(ids), LINES::wholes);
    }

    /** By whole keys the first lines are locked before the others, as with holds. */
    List<At<OrderLine>> lockLines(Set<OrderId> ids) {
        return sql.oldSnapshot()
                ? LINES.byNumber(sql, OrderStatements.LOCK_LINES, ids)
                : sql.query(OrderStatements.LOCK, ids);
    }

    @Override
    public List<OrderLine> lockFree(Collection<OrderLine> lines) {
        List<OrderLine> locked = new ArrayList<>();
        lines.stream()
                .collect(Collectors.groupingBy(OrderLine::number))
                .values()
                .forEach(some -> sql.query(
                                OrderStatements.LOCK_FREE_LINES,
                                some.stream().map(LINES::keyOf).toList())
                        .forEach(line -> locked.add(line.value())));
        return locked;
    }

    @Override
    public void save(Collection<Order> orders) {
        countNoMore(orders.stream()
                .filter(order -> !order.status().takesStock())
                .flatMap(order -> Lined.all(order.holdId(), order.lines().count()).stream())
                .toList());
        for (Order order : orders) {
            if (order.status() == OrderStatus.RETURNED) {
                int unused = sql.updateOne(OrderStatements.GIVEN_BACK_ALL, order.id());
            }
        }
        if (sql.oldSnapshot()) {
            saveLines(orders.stream()
                    .flatMap(order -> Lined.all(order.id(), order.lines().count()).stream()
                            .map(line -> new LineStatus(order.status(), line)))
                    .toList());
            return;
        }
        orders.stream()
                .collect(Collectors.groupingBy(Order::status))
                .values()
                .forEach(some -> Sql.requireAll(
                        some,
                        some.stream().mapToInt(order -> order.lines().count()).sum(),
                        sql.update(OrderStatements.SAVE, some)));
    }

    @Override
    public void giveBackSome(OrderId id, List<Item> pieces) {
        int unused = sql.update(
                OrderStatements.GIVE_BACK_SOME,
                pieces.stream().map(item -> new Returned(id, item)).toList());
    }

    @Override
    public void saveDeadline(Order order) {
        sql.updateEach(
                OrderStatements.SAVE_DEADLINE,
                Lined.all(order.id(), order.lines().count()).stream()
                        .map(line -> new OrderStatements.LineDeadline(order.paymentDeadline(), line))
                        .toList());
    }

    private void saveLines(List<LineStatus> lines) {
        Lined.update(sql, OrderStatements.SAVE_LINES, lines, LineStatus::alike);
    }

    /** What an order has given back need not be read for its customer's limit any more. */
    private void countNoMore(List<Line<HoldId>> lines) {
        if (!lines.isEmpty()) {
            Set<HoldId> ids = lines.stream().map(Line::of).collect(Collectors.toSet());
            List<Line<HoldId>> counted = new ArrayList<>(sql.query(CustomerHolds.COUNTED, ids));
            counted.retainAll(Set.copyOf(lines));
            sql.updateEach(CustomerHolds.COUNT_NO_MORE, counted);
        }
    }

    @Override
    public void expire(Collection<OrderLine> lines) {
        countNoMore(lines.stream().map(LINES_OF_HOLDS::keyOf).toList());
        saveLines(lines.stream()
                .map(line -> new LineStatus(OrderStatus.EXPIRED, LINES.keyOf(line)))
                .toList());
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        return sql.asOf(sql.query(OrderStatements.FIND, ids), LINES::wholes);
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        return sql.asOf(ofHolds(holdIds), LINES_OF_HOLDS::wholes);
    }

    @Override
    public List<OrderLine> linesOf(Set<HoldId> holdIds) {
        return ofHolds(holdIds).stream().map(At::value).toList();
    }

    private List<At<OrderLine>> ofHolds(Set<HoldId> holdIds) {
        return sql.oldSnapshot()
                ? LINES_OF_HOLDS.byNumber(sql, OrderStatements.LOCK_LINES_BY_HOLD, holdIds)
                : sql.query(OrderStatements.FIND_BY_HOLD, holdIds);
    }

    @Override
    public List<OrderLine> lockOverdue(ProductId productId, int limit) {
        return sql.readable(OrderStatements.LOCK_OVERDUE, most -> new OrderStatements.Some(productId, most), limit);
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        Optional<Instant> seen = sql.first(OrderStatements.NEXT_DEADLINE, productId);
        return sql.oldSnapshot()
                ? sql.first(OrderStatements.NEXT_COMMITTED_DEADLINE, productId).or(() -> seen)
                : seen;
    }
}
