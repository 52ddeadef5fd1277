package dev.flashsale.domain.hold;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Secondary port: the holds. Those of several products are taken, found and written whole by their ids; what is asked for
 * by product or customer are lines, each by itself.
 */
public interface HoldRepository {

    /** Adds new holds. */
    void insert(Collection<ActiveHold> holds);

    /** Locks the holds that exist among these, in the order of their ids, until the transaction ends. */
    AsOf<HoldId, Hold> lock(Set<HoldId> ids);

    /** Writes how these holds, locked by this transaction, ended. */
    void end(Collection<EndedHold> holds);

    /** Writes until when these active holds, locked by this transaction, are extended. */
    void extend(Collection<ActiveHold> holds);

    /** The holds that exist among these, not locked. */
    AsOf<HoldId, Hold> find(Set<HoldId> ids);

    /**
     * Locks active holds of a product whose time is over, the oldest first. Holds that another transaction has locked
     * are passed over, so this never waits and may be called with the stock row locked.
     *
     * @param limit at most this many
     */
    List<ActiveHold> lockExpired(ProductId productId, int limit);

    /** Products that have active holds whose time is over: at most {@code limit}, not locked. */
    List<ProductId> productsWithExpired(int limit);

    /**
     * These customers' holds of these products, active and ordered ones. Nothing is locked: with a product's stock row
     * locked before, no hold of it can be missing.
     */
    List<Hold> ofCustomers(Map<ProductId, Set<CustomerId>> customers);

    /** When the first of a product's active holds expires, if there is any. Nothing is locked. */
    Optional<Instant> nextExpiry(ProductId productId);

    /**
     * A page of all holds there are, lines of others aside, in the order of their ids, not locked: in the end every hold
     * that was there all the time has been seen, whatever its id.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit at most this many; fewer only at the end
     */
    AsOf<HoldId, Hold> page(Optional<HoldId> after, int limit);

    /**
     * A page of a product's holds that read as that status now, in the order of their positions, not locked. An active
     * hold whose time is over is among the expired ones. A hold of several products stands where its line of this product
     * does, and is found whole.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit at most this many; fewer only at the end
     */
    SortedMap<HoldPosition, Hold> page(ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit);

    /**
     * Locks those of these lines that exist and that no other transaction has locked. Never waits.
     *
     * @return each by itself, as it is now
     */
    Map<HoldId, Hold> lockFree(Set<HoldId> ids);

    /** Removes lines that this transaction has locked. */
    void delete(Set<HoldId> ids);
}
