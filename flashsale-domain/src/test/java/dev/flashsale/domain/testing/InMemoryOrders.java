package dev.flashsale.domain.testing;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

final class InMemoryOrders implements OrderRepository {

    private static final Comparator<Order> OLDEST_FIRST =
            Comparator.comparing(Order::paymentDeadline).thenComparing(Order::id);

    private final InMemoryDatabase database;

    InMemoryOrders(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        synchronized (database) {
            Map<HoldId, Order> numbered = new LinkedHashMap<>();
            for (NewOrder fresh : orders) {
                if (ofHold(fresh.holdId()).isPresent()) {
                    throw new DuplicateKey(fresh.holdId());
                }
                Order order = add(fresh);
                numbered.put(order.holdId(), order);
                for (int i = 0; i < fresh.further().size(); i++) {
                    Item item = fresh.further().get(i);
                    Order line = add(new NewOrder(
                            fresh.holdId().line(i + 1),
                            item.productId(),
                            item.quantity(),
                            fresh.amount().times(0),
                            fresh.placedAt(),
                            fresh.paymentDeadline()));
                    database.tables().furtherLines.add(line.holdId());
                }
            }
            return numbered;
        }
    }

    private Order add(NewOrder fresh) {
        Order order = fresh.numbered(new OrderId(database.nextOrderId()));
        Tables.add(database.tables().orders, order.id(), order);
        return order;
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        return find(ids);
    }

    @Override
    public void save(Collection<Order> orders) {
        synchronized (database) {
            Map<OrderId, Order> table = database.tables().orders;
            for (Order order : orders) {
                table.put(order.id(), Tables.existing(table, order.id()).with(order.status()));
                further(order).forEach(line -> table.put(line.id(), line.with(order.status())));
            }
        }
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        synchronized (database) {
            Map<OrderId, Order> found = Tables.among(database.tables().orders, ids);
            found.values().removeIf(this::isFurtherLine);
            found.replaceAll((id, order) -> whole(order));
            return new AsOf<>(database.now(), found);
        }
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        synchronized (database) {
            Map<HoldId, Order> found = new TreeMap<>();
            holdIds.forEach(id -> ofHold(id).ifPresent(order -> found.put(id, whole(order))));
            return new AsOf<>(database.now(), found);
        }
    }

    @Override
    public List<Order> lockOverdue(ProductId productId, int limit) {
        synchronized (database) {
            return pending(productId)
                    .filter(this::isOverdue)
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<ProductId> productsWithOverdue(int limit) {
        synchronized (database) {
            return pending()
                    .filter(this::isOverdue)
                    .map(Order::productId)
                    .distinct()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        synchronized (database) {
            return pending(productId).map(Order::paymentDeadline).min(Comparator.naturalOrder());
        }
    }

    @Override
    public AsOf<OrderId, Order> page(Optional<OrderId> after, int limit) {
        synchronized (database) {
            Map<OrderId, Order> page = new TreeMap<>();
            database.tables().orders.values().stream()
                    .filter(order -> !isFurtherLine(order))
                    .filter(order -> after.isEmpty() || order.id().compareTo(after.get()) > 0)
                    .limit(limit)
                    .forEach(order -> page.put(order.id(), whole(order)));
            return new AsOf<>(database.now(), page);
        }
    }

    @Override
    public SortedMap<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        synchronized (database) {
            SortedMap<OrderPosition, Order> page = new TreeMap<>();
            database.tables().orders.values().stream()
                    .filter(order -> order.productId().equals(productId) && order.statusAt(database.now()) == status)
                    .filter(order -> after.isEmpty() || OrderPosition.of(order).compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(OrderPosition::of))
                    .limit(limit)
                    .forEach(order -> page.put(OrderPosition.of(order), whole(first(order))));
            return page;
        }
    }

    @Override
    public List<Order> lockFreeOf(Set<HoldId> holdIds) {
        synchronized (database) {
            return holdIds.stream()
                    .map(this::ofHold)
                    .flatMap(Optional::stream)
                    .map(InMemoryOrders::alone)
                    .toList();
        }
    }

    @Override
    public void delete(Set<OrderId> ids) {
        synchronized (database) {
            Tables.remove(database.tables().orders, ids);
        }
    }

    private boolean isOverdue(Order order) {
        return order.statusAt(database.now()) == OrderStatus.EXPIRED;
    }

    private Stream<Order> pending(ProductId productId) {
        return pending().filter(order -> order.productId().equals(productId));
    }

    private Stream<Order> pending() {
        return database.tables().orders.values().stream()
                .filter(order -> order.status() == OrderStatus.PENDING)
                .map(InMemoryOrders::alone);
    }

    private boolean isFurtherLine(Order order) {
        return database.tables().furtherLines.contains(order.holdId());
    }

    private List<Order> further(Order order) {
        return order.lineIds().stream()
                .skip(1)
                .map(id -> ofHold(id).orElseThrow(() -> new IllegalStateException("no such line: " + id)))
                .toList();
    }

    private Order first(Order line) {
        return database.tables().orders.values().stream()
                .filter(order -> order.lineIds().contains(line.holdId()) && !isFurtherLine(order))
                .findFirst()
                .orElseThrow();
    }

    private Order whole(Order first) {
        return Order.whole(alone(first), further(first));
    }

    /** The first line has the others with it, so as to know them. */
    private static Order alone(Order order) {
        return new Order(
                order.id(),
                order.holdId(),
                order.productId(),
                order.quantity(),
                order.amount(),
                order.placedAt(),
                order.paymentDeadline(),
                order.status());
    }

    private Optional<Order> ofHold(HoldId holdId) {
        return database.tables().orders.values().stream()
                .filter(order -> order.holdId().equals(holdId))
                .findFirst();
    }
}
