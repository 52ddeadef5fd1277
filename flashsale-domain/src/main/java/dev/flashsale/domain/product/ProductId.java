package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;

/**
 * A product's number, 1 or more. Ordered: stock rows are locked in this order.
 *
 * <p>Refuses anything below 1 with an {@link InvalidValue}.
 */
public record ProductId(long value) implements Comparable<ProductId> {

    /** The largest that every JSON client can read: 2^53 − 1. */
    public static final ProductId LAST_READABLE = new ProductId((1L << 53) - 1);

    public ProductId {
        if (value < 1) {
            throw new InvalidValue("product id", "must be 1 or more", value);
        }
    }

    @Override
    public int compareTo(ProductId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
