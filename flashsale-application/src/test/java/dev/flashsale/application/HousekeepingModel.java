package dev.flashsale.application;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What becomes of holds and orders by themselves. */
final class HousekeepingModel {

    private final ModelRows rows;

    HousekeepingModel(ModelRows rows) {
        this.rows = rows;
    }

    /** With all that is left of them. */
    void expire() {
        rows.holds.replaceAll((id, hold) -> isOverdue(hold) ? expired(hold) : hold);
        rows.keeps.clear();
        rows.orders.replaceAll((id, order) ->
                rows.asRead(order).status() == OrderStatus.EXPIRED ? ModelRows.expired(order, Set.of()) : order);
    }

    private boolean isOverdue(Hold hold) {
        return hold instanceof ActiveHold && rows.isOver(hold.expiresAt());
    }

    private static EndedHold expired(Hold hold) {
        return new EndedHold(hold.id(), hold.lines(), hold.expiresAt(), hold.customerId(), HoldEnd.EXPIRED);
    }

    /**
     * Whoever gets to a product may have returned what is over of it, or not yet: line by line, so that another product's
     * line may still be there.
     *
     * @param reached the products that somebody has got to
     */
    void notice(Set<ProductId> reached, List<HoldLine> holdLines, List<OrderLine> orderLines) {
        for (HoldLine line : holdLines) {
            if (line.status() == HoldStatus.EXPIRED
                    && reached.contains(line.item().productId())) {
                notice(line);
            }
        }
        for (OrderLine line : orderLines) {
            if (line.status() == OrderStatus.EXPIRED
                    && reached.contains(line.item().productId())) {
                notice(line);
            }
        }
    }

    private void notice(HoldLine line) {
        Hold hold = rows.holds.get(line.holdId());
        if (hold != null && isOverdue(hold)) {
            rows.holds.put(hold.id(), expired(hold));
            rows.keeps.put(hold.id(), new HashSet<>(hold.lines().products()));
        }
        rows.keeps.computeIfPresent(
                line.holdId(), (id, kept) -> without(line.item().productId(), kept));
    }

    private void notice(OrderLine line) {
        Order order = rows.orders.get(line.orderId());
        if (order != null && rows.asRead(order).status() == OrderStatus.EXPIRED) {
            Set<ProductId> kept = new HashSet<>(
                    order.status() == OrderStatus.PENDING ? order.lines().products() : order.keeps());
            kept.remove(line.item().productId());
            rows.orders.put(order.id(), ModelRows.expired(order, kept));
        }
    }

    private static Set<ProductId> without(ProductId id, Set<ProductId> kept) {
        Set<ProductId> rest = new HashSet<>(kept);
        rest.remove(id);
        return rest;
    }

    /** Whole, or not at all. */
    void purge() {
        for (Hold hold : List.copyOf(rows.holds.values())) {
            if (!(hold instanceof EndedHold ended) || !rows.keptBy(hold).isEmpty() || !isLongOver(hold.expiresAt())) {
                continue;
            }
            if (ended.how() != HoldEnd.ORDERED) {
                rows.holds.remove(hold.id());
                continue;
            }
            Order order = rows.orderOf(hold.id());
            List<ModelRows.Received> ofOrder = rows.payments.values().stream()
                    .filter(row -> row.payment().payment().orderId().equals(order.id()))
                    .toList();
            if (Set.of(OrderStatus.FAILED, OrderStatus.EXPIRED, OrderStatus.CANCELLED)
                            .contains(order.status())
                    && order.keeps().isEmpty()
                    && isLongOver(order.paymentDeadline())
                    && ofOrder.stream().noneMatch(ModelRows.Received::toGiveBack)) {
                rows.payments.values().removeAll(ofOrder);
                rows.orders.remove(order.id());
                rows.holds.remove(hold.id());
            }
        }
    }

    private boolean isLongOver(Instant end) {
        return rows.isOver(end.plus(Command.PURGE_AGE));
    }
}
