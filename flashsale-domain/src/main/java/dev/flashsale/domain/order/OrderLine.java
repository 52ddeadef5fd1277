package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of an order, as it is kept: a row of its own, as the {@linkplain dev.flashsale.domain.hold.HoldLine line} of the
 * hold that it was. The lines of an order change together, but each expires by itself, at the same moment, whenever
 * somebody gets to its product.
 *
 * @param number 1 for the first, in the order of the products
 * @param count how many lines the order has
 * @param amount in the first line the whole order's, in the others nothing
 * @param status what was written; a pending line past its deadline is {@link OrderStatus#PENDING} until somebody ends it
 */
public record OrderLine(
        OrderId orderId,
        int number,
        int count,
        HoldId holdId,
        Item item,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline,
        OrderStatus status) {

    /** The lines of a pending order. */
    public static List<OrderLine> of(Order order) {
        List<Item> items = order.lines().items();
        List<OrderLine> lines = new ArrayList<>(items.size());
        for (Item item : items) {
            lines.add(new OrderLine(
                    order.id(),
                    lines.size() + 1,
                    items.size(),
                    order.holdId(),
                    item,
                    lines.isEmpty() ? order.amount() : order.amount().times(0),
                    order.placedAt(),
                    order.paymentDeadline(),
                    order.status()));
        }
        return lines;
    }

    /** Whether it still has its pieces although its deadline passed. */
    public boolean isOverdue(Instant now) {
        return status == OrderStatus.PENDING && !now.isBefore(paymentDeadline);
    }

    public OrderLine with(OrderStatus newStatus) {
        return new OrderLine(orderId, number, count, holdId, item, amount, placedAt, paymentDeadline, newStatus);
    }

    public OrderLine with(Instant newDeadline) {
        return new OrderLine(orderId, number, count, holdId, item, amount, placedAt, newDeadline, status);
    }
}
