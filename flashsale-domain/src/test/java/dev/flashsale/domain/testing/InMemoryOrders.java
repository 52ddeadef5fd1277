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
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
                Order order = fresh.numbered(new OrderId(database.nextOrderId()));
                Tables.add(database.tables().orders, order.id(), order);
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
            Map<OrderId, Order> table = database.tables().orders;
            for (Order order : orders) {
                table.put(order.id(), Tables.existing(table, order.id()).with(order.status()));
            }
        }
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        synchronized (database) {
            return new AsOf<>(database.now(), Tables.among(database.tables().orders, ids));
        }
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        synchronized (database) {
            Map<HoldId, Order> found = new TreeMap<>();
            holdIds.forEach(id -> ofHold(id).ifPresent(order -> found.put(id, order)));
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
                    .filter(order -> after.isEmpty() || order.id().compareTo(after.get()) > 0)
                    .limit(limit)
                    .forEach(order -> page.put(order.id(), order));
            return new AsOf<>(database.now(), page);
        }
    }

    @Override
    public List<Order> page(ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit) {
        synchronized (database) {
            return database.tables().orders.values().stream()
                    .filter(order -> order.productId().equals(productId) && order.statusAt(database.now()) == status)
                    .filter(order -> after.isEmpty() || OrderPosition.of(order).compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(OrderPosition::of))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<Order> lockFreeOf(Set<HoldId> holdIds) {
        return List.copyOf(findByHold(holdIds).rows().values());
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
        return database.tables().orders.values().stream().filter(order -> order.status() == OrderStatus.PENDING);
    }

    private Optional<Order> ofHold(HoldId holdId) {
        return database.tables().orders.values().stream()
                .filter(order -> order.holdId().equals(holdId))
                .findFirst();
    }
}
