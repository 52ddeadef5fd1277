package dev.flashsale.domain.order;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Secondary port: the orders. Those of several products are taken, found and written whole; what is asked for by product
 * are lines, each by itself.
 */
public interface OrderRepository {

    /** Adds these orders and numbers them; the answer has one for each. */
    Map<HoldId, Order> insert(Collection<NewOrder> orders);

    /** Locks the orders that exist among these, in the order of their ids, until the transaction ends. */
    AsOf<OrderId, Order> lock(Set<OrderId> ids);

    /** Writes the statuses of orders that this transaction has locked. */
    void save(Collection<Order> orders);

    /** The orders that exist among these, not locked. */
    AsOf<OrderId, Order> find(Set<OrderId> ids);

    /**
     * The orders that these holds became; of a further line of a hold, the line. A committed conversion is always seen,
     * nothing is locked.
     */
    AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds);

    /**
     * Locks pending orders of a product whose deadline passed, the oldest first. Orders that another transaction has
     * locked are passed over, so this never waits and may be called with the stock row locked.
     *
     * @param limit at most this many
     */
    List<Order> lockOverdue(ProductId productId, int limit);

    /** Products that have pending orders whose deadline passed: at most {@code limit}, not locked. */
    List<ProductId> productsWithOverdue(int limit);

    /** The first payment deadline among a product's pending orders, if there are any. Nothing is locked. */
    Optional<Instant> nextDeadline(ProductId productId);

    /**
     * A page of all orders there are, lines of others aside, in the order of their numbers, not locked.
     *
     * @param after the last number of the page before; empty for the first page
     * @param limit at most this many; fewer only at the end
     */
    AsOf<OrderId, Order> page(Optional<OrderId> after, int limit);

    /**
     * A page of a product's orders that read as that status now, in the order of their positions, not locked. A pending
     * order whose deadline passed is among the expired ones. An order of several products stands where its line of this
     * product does, and is found whole.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit at most this many; fewer only at the end
     */
    SortedMap<OrderPosition, Order> page(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, int limit);

    /**
     * Locks those lines that exist of these holds and that no other transaction has locked, each by itself. Never waits.
     */
    List<Order> lockFreeOf(Set<HoldId> holdIds);

    /** Removes lines that this transaction has locked. */
    void delete(Set<OrderId> ids);
}
