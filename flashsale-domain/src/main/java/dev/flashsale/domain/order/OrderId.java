package dev.flashsale.domain.order;

import dev.flashsale.domain.InvalidValue;

/**
 * An order's number, 1 or more. Sequential, so it gives no access. Ordered: orders are locked in this order.
 *
 * <p>Refuses anything below 1 with an {@link InvalidValue}.
 */
public record OrderId(long value) implements Comparable<OrderId> {

    public OrderId {
        if (value < 1) {
            throw new InvalidValue("order id", "must be 1 or more", value);
        }
    }

    @Override
    public int compareTo(OrderId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
