package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary port: the orders, as whoever tidies up needs them. */
public interface OrderHousekeeping {

    /** Products that have pending orders whose deadline passed: at most {@code limit}, not locked. */
    List<ProductId> productsWithOverdue(int limit);

    /**
     * Locks those orders of these holds that exist and of which no other transaction has locked a line. Never waits.
     *
     * @return as they are now
     */
    Map<HoldId, Order> lockFreeOf(Set<HoldId> holdIds);

    /** Removes orders that this transaction has locked. */
    void delete(Set<OrderId> ids);
}
