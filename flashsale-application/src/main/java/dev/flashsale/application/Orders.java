package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import java.util.Optional;

/**
 * What buyers do with orders, in the caller's transaction if there is one, as with {@link Holds}.
 *
 * <p>Every method throws {@link Busy} if the database could not do it now.
 */
public interface Orders {

    /** Turns a valid hold into its one order. Safe to repeat: the same hold gives the same order. */
    OrderOutcome place(HoldId holdId);

    /**
     * As {@link #place(HoldId)}, and the outcome is kept under the key for 24 hours at least: whoever repeats the request
     * gets the order as it was then. Another hold under the key is refused.
     */
    KeyedOutcome<OrderOutcome> place(HoldId holdId, IdempotencyKey key);

    /** The order as it reads now, if there is one. Whether the caller may see it is for the caller's adapter to decide. */
    Optional<OrderView> view(OrderId id);
}
