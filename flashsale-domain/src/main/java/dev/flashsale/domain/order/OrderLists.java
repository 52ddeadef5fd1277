package dev.flashsale.domain.order;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the orders, as people look at them. */
public interface OrderLists {

    /** Those that exist among these, not locked. */
    Slice<OrderId, Order> among(Set<OrderId> ids);

    /**
     * A page of all orders there are, in the order of their numbers, not locked.
     *
     * @param after the last number of the page before; empty for the first page
     * @param limit at most this many
     */
    Slice<OrderId, Order> page(Optional<OrderId> after, int limit);

    /**
     * A page of a product's orders that read as that status now, in the order of their positions, not locked. A pending
     * order whose deadline passed is among the expired ones. An order of several products stands where its line of this
     * product does, and is found whole.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit at most this many
     */
    Slice<OrderPosition, Order> page(ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit);

    /** The orders that these holds became, all of them, not locked. */
    Slice<HoldId, Order> ofHolds(Set<HoldId> holdIds);
}
