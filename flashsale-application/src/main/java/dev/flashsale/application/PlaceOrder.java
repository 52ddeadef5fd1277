package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderOutcome;

/** Use case: turn a valid hold into its one order. */
@FunctionalInterface
public interface PlaceOrder {

    /**
     * Safe to repeat: the same hold gives the same order.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    OrderOutcome place(HoldId holdId);
}
