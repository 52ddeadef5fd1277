package dev.flashsale.domain.hold;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the holds. */
public interface HoldRepository {

    /** Adds new holds. */
    void insert(Collection<ActiveHold> holds);

    /** Locks the holds that exist among these, in the order of their ids, until the transaction ends. */
    AsOf<HoldId, Hold> lock(Set<HoldId> ids);

    /** Writes how these holds, locked by this transaction, ended. */
    void end(Collection<EndedHold> holds);

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

    /** When the first of a product's active holds expires, if there is any. Nothing is locked. */
    Optional<Instant> nextExpiry(ProductId productId);
}
