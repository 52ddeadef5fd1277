package dev.flashsale.domain.testing;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class InMemoryOrders implements OrderRepository, OrderLists, OrderHousekeeping {

    private static final Comparator<OrderLine> OLDEST_FIRST =
            Comparator.comparing(OrderLine::paymentDeadline).thenComparing(OrderLine::orderId);

    private final InMemoryDatabase database;

    InMemoryOrders(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        synchronized (database) {
            Map<HoldId, Order> numbered = new LinkedHashMap<>();
            for (NewOrder fresh : orders) {
                if (!linesOf(Set.of(fresh.holdId())).isEmpty()) {
                    throw new DuplicateKey(fresh.holdId());
                }
                Order order = fresh.numbered(new OrderId(database.nextOrderId()));
                Tables.add(table(), order.id(), OrderLine.of(order));
                numbered.put(order.holdId(), order);
            }
            return numbered;
        }
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        return find(ids);
    }

    @Override
    public void save(Collection<Order> orders) {
        synchronized (database) {
            orders.forEach(order -> {
                change(order.id(), line -> line.with(order.status()));
                if (order.status() == OrderStatus.RETURNED) {
                    database.tables().returnedPieces.remove(order.id());
                }
            });
        }
    }

    @Override
    public void giveBackSome(OrderId id, List<Item> pieces) {
        synchronized (database) {
            List<Item> all = new ArrayList<>(database.tables().returnedPieces.getOrDefault(id, List.of()));
            all.addAll(pieces);
            database.tables().returnedPieces.put(id, all);
        }
    }

    @Override
    public void saveDeadline(Order order) {
        synchronized (database) {
            change(order.id(), line -> line.with(order.paymentDeadline()));
        }
    }

    private void change(OrderId id, UnaryOperator<OrderLine> how) {
        table().put(id, Tables.existing(table(), id).stream().map(how).toList());
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        synchronized (database) {
            return new AsOf<>(database.now(), wholes(Tables.among(table(), ids)));
        }
    }

    @Override
    public Slice<OrderId, Order> among(Set<OrderId> ids) {
        AsOf<OrderId, Order> found = find(ids);
        return new Slice<>(found.now(), found.rows(), Map.of(), Optional.empty());
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        synchronized (database) {
            return new AsOf<>(database.now(), lockFreeOf(holdIds));
        }
    }

    @Override
    public List<OrderLine> linesOf(Set<HoldId> holdIds) {
        synchronized (database) {
            return lines().filter(line -> holdIds.contains(line.holdId())).toList();
        }
    }

    @Override
    public List<OrderLine> lockOverdue(ProductId productId, int limit) {
        synchronized (database) {
            return lines(productId)
                    .filter(line -> line.isOverdue(database.now()))
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<OrderLine> lockFree(Collection<OrderLine> lines) {
        synchronized (database) {
            return lines.stream()
                    .flatMap(line -> table().getOrDefault(line.orderId(), List.of()).stream()
                            .filter(now -> now.number() == line.number()))
                    .toList();
        }
    }

    @Override
    public void expire(Collection<OrderLine> lines) {
        synchronized (database) {
            for (OrderLine over : lines) {
                change(over.orderId(), line -> line.number() == over.number() ? line.with(OrderStatus.EXPIRED) : line);
            }
        }
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        synchronized (database) {
            return lines(productId)
                    .filter(line -> line.status() == OrderStatus.PENDING)
                    .map(OrderLine::paymentDeadline)
                    .min(Comparator.naturalOrder());
        }
    }

    @Override
    public List<ProductId> productsWithOverdue(int limit) {
        synchronized (database) {
            return lines().filter(line -> line.isOverdue(database.now()))
                    .map(line -> line.item().productId())
                    .distinct()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Slice<OrderId, Order> page(Optional<OrderId> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    wholes(table()).entrySet().stream()
                            .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0),
                    limit);
        }
    }

    @Override
    public Slice<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    lines(productId)
                            .filter(line ->
                                    (line.isOverdue(database.now()) ? OrderStatus.EXPIRED : line.status()) == status)
                            .filter(line ->
                                    after.isEmpty() || OrderPosition.of(line).compareTo(after.get()) > 0)
                            .sorted(Comparator.comparing(OrderPosition::of))
                            .map(line -> Map.entry(
                                    OrderPosition.of(line), Order.of(Tables.existing(table(), line.orderId())))),
                    limit);
        }
    }

    @Override
    public Slice<HoldId, Order> ofHolds(Set<HoldId> holdIds) {
        synchronized (database) {
            return Tables.slice(database.now(), lockFreeOf(holdIds).entrySet().stream(), holdIds.size());
        }
    }

    @Override
    public Map<HoldId, Order> lockFreeOf(Set<HoldId> holdIds) {
        synchronized (database) {
            Map<HoldId, Order> found = new TreeMap<>();
            table().values().stream()
                    .map(Order::of)
                    .filter(order -> holdIds.contains(order.holdId()))
                    .forEach(order -> found.put(order.holdId(), order));
            return found;
        }
    }

    @Override
    public void delete(Set<OrderId> ids) {
        synchronized (database) {
            Tables.remove(table(), ids);
        }
    }

    private Map<OrderId, List<OrderLine>> table() {
        return database.tables().orders;
    }

    private static Map<OrderId, Order> wholes(Map<OrderId, List<OrderLine>> rows) {
        Map<OrderId, Order> orders = new TreeMap<>();
        rows.forEach((id, lines) -> orders.put(id, Order.of(lines)));
        return orders;
    }

    private Stream<OrderLine> lines(ProductId productId) {
        return lines().filter(line -> line.item().productId().equals(productId));
    }

    private Stream<OrderLine> lines() {
        return table().values().stream().flatMap(List::stream);
    }
}
