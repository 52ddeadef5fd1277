package dev.flashsale.domain.order;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the orders, as requests need them. By number or hold they are whole; by product they are lines. */
public interface OrderRepository {

    /** Adds these orders and numbers them; the answer has one for each. */
    Map<HoldId, Order> insert(Collection<NewOrder> orders);

    /** Locks the orders that exist among these, in the order of their ids, until the transaction ends. */
    AsOf<OrderId, Order> lock(Set<OrderId> ids);

    /** Writes the statuses of orders that this transaction has locked. */
    void save(Collection<Order> orders);

    /**
     * Writes that pieces came back of an order that keeps the others, which this transaction has locked, until all of it is
     * returned.
     */
    void giveBackSome(OrderId id, List<Item> pieces);
    /** Writes the payment deadline of an order that this transaction has locked, in all of its lines. */
    void saveDeadline(Order order);

    /** The orders that exist among these, not locked. */
    AsOf<OrderId, Order> find(Set<OrderId> ids);

    /** The orders that these holds became. A committed conversion is always seen, nothing is locked. */
    AsOf<HoldId, Order> findByHold(Set<HoldId> holdIds);

    /** The lines of the orders that these holds became, as {@link #findByHold} finds them. */
    List<OrderLine> linesOf(Set<HoldId> holdIds);

    /**
     * Locks pending lines of a product whose deadline passed, the oldest first. Lines that another transaction has
     * locked are passed over, so this never waits and may be called with the stock row locked.
     *
     * @param limit at most this many
     */
    List<OrderLine> lockOverdue(ProductId productId, int limit);

    /** Locks those of these lines that no other transaction has locked, and answers them as they are now. Never waits. */
    List<OrderLine> lockFree(Collection<OrderLine> lines);

    /** Writes that these pending lines, locked by this transaction, have expired. */
    void expire(Collection<OrderLine> lines);

    /** The first payment deadline among a product's pending orders, if there are any. Nothing is locked. */
    Optional<Instant> nextDeadline(ProductId productId);
}
