package dev.flashsale.domain.hold;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the holds, as whoever tidies up needs them. */
public interface HoldHousekeeping {

    /** Products that have active holds whose time is over: at most {@code limit}, not locked. */
    List<ProductId> productsWithExpired(int limit);

    /** Products that have active holds whose time is over within that: at most {@code limit}, not locked. */
    List<ProductId> productsWithEnding(Duration within, int limit);

    /**
     * Active holds that expire after that moment and within that duration, the first ones first, not locked; one of several
     * products with the first of these.
     *
     * @param limit at most this many
     */
    AsOf<HoldId, Hold> ending(ProductId productId, Instant after, Duration within, int limit);

    /**
     * A page of all holds there are, in the order of their ids, not locked: in the end every hold that was there all the
     * time has been seen, whatever its id.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit at most this many
     */
    Slice<HoldId, Hold> page(Optional<HoldId> after, int limit);

    /**
     * Locks those of these holds that have ended in all of their lines, so that they have no pieces of their own any more,
     * and of which no other transaction has locked a line. Never waits.
     */
    Map<HoldId, EndedHold> lockEnded(Set<HoldId> ids);

    /**
     * Holds that name a customer, however they have ended, and that customer. Nothing is locked.
     *
     * @param limit at most this many lines are looked at
     */
    AsOf<HoldId, CustomerId> ofCustomer(CustomerId customerId, int limit);

    /**
     * Has those of these holds that name that customer name another one, in all that is kept of them; locks them, in the order
     * of their ids, until the transaction ends.
     */
    void rename(Set<HoldId> ids, CustomerId from, CustomerId to);

    /** Removes holds that this transaction has locked. */
    void delete(Set<HoldId> ids);
}
