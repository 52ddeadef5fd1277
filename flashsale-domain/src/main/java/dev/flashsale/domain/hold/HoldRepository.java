package dev.flashsale.domain.hold;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the holds, as buyers' requests need them. By id they are whole; by product or customer they are lines. */
public interface HoldRepository {

    /** Adds new holds. */
    void insert(Collection<ActiveHold> holds);

    /** Locks the holds that exist among these, in the order of their ids, until the transaction ends. */
    AsOf<HoldId, Hold> lock(Set<HoldId> ids);

    /** Writes how these holds, locked by this transaction, ended. */
    void end(Collection<EndedHold> holds);

    /** Writes until when these active holds, locked by this transaction, are extended, and how often they were. */
    void extend(Collection<ActiveHold> holds);

    /**
     * Writes what these active holds, locked by this transaction, are of now.
     *
     * @param before as they were locked
     */
    void change(Map<HoldId, ActiveHold> before, Collection<ActiveHold> after);

    /** The holds that exist among these, not locked. */
    AsOf<HoldId, Hold> find(Set<HoldId> ids);

    /**
     * Locks active lines of a product whose time is over, the oldest first. Lines that another transaction has locked
     * are passed over, so this never waits and may be called with the stock row locked.
     *
     * @param limit at most this many
     */
    List<HoldLine> lockExpired(ProductId productId, int limit);

    /** Locks those of these lines that no other transaction has locked, and answers them as they are now. Never waits. */
    List<HoldLine> lockFree(Collection<HoldLine> lines);

    /** Writes that these active lines, locked by this transaction, have expired. */
    void expire(Collection<HoldLine> lines);

    /**
     * The lines of these customers' holds of these products that are active or ordered; some or all of those whose pieces
     * their order has given back may be left out. Nothing is locked: with a product's stock row locked before, none of it can
     * be missing.
     */
    List<HoldLine> ofCustomers(Map<ProductId, Set<CustomerId>> customers);

    /** Has ordered holds found for their customers again, whose orders had given their pieces back and take them anew. */
    void countAgain(Set<HoldId> ids);

    /** When the first of a product's active holds expires, if there is any. Nothing is locked. */
    Optional<Instant> nextExpiry(ProductId productId);
}
