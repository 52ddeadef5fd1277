package dev.flashsale.domain.hold;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Optional;

/** Secondary port: the holds, as people look at them. */
public interface HoldLists {

    /**
     * A page of a product's holds that read as that status now, in the order of their positions, not locked. An active
     * hold whose time is over is among the expired ones. A hold of several products stands where its line of this product
     * does, and is found whole.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit at most this many
     */
    Slice<HoldPosition, Hold> page(ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit);

    /**
     * A page of a customer's holds, whatever has become of them, in the order of their positions, not locked.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit at most this many
     */
    Slice<CustomersPosition, Hold> page(CustomerId customerId, Optional<CustomersPosition> after, int limit);

    /**
     * The lines that a product's limit counts for a customer, not locked; some of those whose time is over, or whose pieces
     * their order has given back, may be among them.
     *
     * @param limit at most this many
     */
    List<HoldLine> counted(ProductId productId, CustomerId customerId, int limit);
}
