package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderOutcome;

/** Use case: turn a valid hold into its one order, with the first answer again for all repetitions of a request. */
@FunctionalInterface
public interface PlaceOrderOnce {

    /**
     * As {@link PlaceOrder}, and the outcome is kept under the key for 24 hours at least: whoever repeats the request gets
     * the order as it was then. Another hold under the key is refused.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    KeyedOutcome<OrderOutcome> place(HoldId holdId, IdempotencyKey key);
}
