package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.OrderId;

/** Use case: an operator cancels an order that is not paid, and its pieces return. */
@FunctionalInterface
public interface CancelOrder {

    /**
     * Safe to repeat. A payment that succeeds afterwards must be given back.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    CancelOutcome cancel(OrderId orderId, Cause cause);
}
