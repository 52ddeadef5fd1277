package dev.flashsale.domain.order;

import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.Comparator;

/** An order's place in a list of a product's: by its payment deadline, then by quantity, then by number. */
public record OrderPosition(Instant paymentDeadline, Quantity quantity, OrderId id)
        implements Comparable<OrderPosition> {

    private static final Comparator<OrderPosition> ORDER = Comparator.comparing(OrderPosition::paymentDeadline)
            .thenComparingInt(position -> position.quantity().value())
            .thenComparing(OrderPosition::id);

    public static OrderPosition of(OrderLine line) {
        return new OrderPosition(line.paymentDeadline(), line.item().quantity(), line.orderId());
    }

    @Override
    public int compareTo(OrderPosition other) {
        return ORDER.compare(this, other);
    }
}
