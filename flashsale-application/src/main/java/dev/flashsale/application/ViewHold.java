package dev.flashsale.application;

import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import java.util.Optional;

/** Use case: look at a hold and the order that it became. */
@FunctionalInterface
public interface ViewHold {

    Optional<View> view(HoldId holdId);

    /**
     * A hold as it reads now.
     *
     * @param order present if and only if the status is {@link HoldStatus#ORDERED}
     */
    record View(Hold hold, HoldStatus status, Optional<Order> order) {}
}
