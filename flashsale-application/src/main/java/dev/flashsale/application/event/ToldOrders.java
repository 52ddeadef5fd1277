package dev.flashsale.application.event;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventStamp;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.event.SaleEvent.OrderCancelled;
import dev.flashsale.domain.event.SaleEvent.OrderExpired;
import dev.flashsale.domain.event.SaleEvent.OrderFailed;
import dev.flashsale.domain.event.SaleEvent.OrderPaid;
import dev.flashsale.domain.event.SaleEvent.OrderPlaced;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Orders of which is told what is written. */
record ToldOrders(OrderRepository all, Story story) implements OrderRepository {

    /** One with nothing to pay is paid at once. */
    @Override
    public Map<HoldId, Order> insert(Collection<NewOrder> orders) {
        Map<HoldId, Order> numbered = all.insert(orders);
        for (Order order : numbered.values()) {
            story.saw(order);
            told(EventKind.ORDER_PLACED, order, OrderPlaced::new);
            if (order.status() == OrderStatus.PAID) {
                told(EventKind.ORDER_PAID, order, OrderPaid::new);
            }
        }
        return numbered;
    }

    @Override
    public AsOf<OrderId, Order> lock(Set<OrderId> ids) {
        AsOf<OrderId, Order> locked = story.seen(all.lock(ids));
        locked.rows().values().forEach(story::saw);
        return locked;
    }

    /** Refunds are told with their payments, which say how much; what expires, by its lines. */
    @Override
    public void save(Collection<Order> orders) {
        all.save(orders);
        for (Order order : orders) {
            Order before = story.order(order.id());
            story.saw(order);
            if (before == null || before.status() != order.status()) {
                switch (order.status()) {
                    case PAID -> told(EventKind.ORDER_PAID, order, OrderPaid::new);
                    case FAILED -> told(EventKind.ORDER_FAILED, order, OrderFailed::new);
                    case CANCELLED -> told(EventKind.ORDER_CANCELLED, order, OrderCancelled::new);
                    case PENDING, EXPIRED, REFUNDED, RETURNED -> {}
                }
            }
        }
    }

    @FunctionalInterface
    private interface OfOrder {
        SaleEvent make(EventStamp stamp, Order order, @Nullable CustomerId customer);
    }

    private void told(EventKind kind, Order order, OfOrder event) {
        story.addOfHold(kind, order.holdId(), stamp -> event.make(stamp, order, story.customerOf(order.holdId())));
    }

    @Override
    public void giveBackSome(OrderId id, List<Item> pieces) {
        all.giveBackSome(id, pieces);
    }

    @Override
    public void saveDeadline(Order order) {
        all.saveDeadline(order);
        story.saw(order);
    }

    @Override
    public AsOf<OrderId, Order> find(Set<OrderId> ids) {
        return all.find(ids);
    }

    @Override
    public AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds) {
        return all.findByHold(holdIds);
    }

    @Override
    public List<OrderLine> linesOf(Set<HoldId> holdIds) {
        return all.linesOf(holdIds);
    }

    @Override
    public List<OrderLine> lockOverdue(ProductId productId, int limit) {
        return all.lockOverdue(productId, limit);
    }

    @Override
    public List<OrderLine> lockFree(Collection<OrderLine> lines) {
        return all.lockFree(lines);
    }

    @Override
    public void expire(Collection<OrderLine> lines) {
        all.expire(lines);
        Map<OrderId, List<OrderLine>> byOrder = new LinkedHashMap<>();
        lines.forEach(line ->
                byOrder.computeIfAbsent(line.orderId(), id -> new ArrayList<>()).add(line));
        byOrder.forEach((id, ended) -> {
            HoldId hold = ended.getFirst().holdId();
            Lines returned = Lines.of(ended.stream().map(OrderLine::item).toList());
            story.addOfHold(
                    EventKind.ORDER_EXPIRED,
                    hold,
                    stamp -> new OrderExpired(stamp, id, hold, returned, story.customerOf(hold)));
        });
    }

    @Override
    public Optional<Instant> nextDeadline(ProductId productId) {
        return all.nextDeadline(productId);
    }
}
