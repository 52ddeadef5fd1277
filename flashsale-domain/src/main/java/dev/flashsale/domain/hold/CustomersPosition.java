package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import java.util.Comparator;

/**
 * A hold's place in the list of a customer's: by product, of several the first one, then by id, which is by when it was made
 * where ids are made in the order of time.
 */
public record CustomersPosition(ProductId productId, HoldId id) implements Comparable<CustomersPosition> {

    private static final Comparator<CustomersPosition> ORDER =
            Comparator.comparing(CustomersPosition::productId).thenComparing(CustomersPosition::id);

    public static CustomersPosition of(Hold hold) {
        return new CustomersPosition(hold.lines().first().productId(), hold.id());
    }

    @Override
    public int compareTo(CustomersPosition other) {
        return ORDER.compare(this, other);
    }
}
