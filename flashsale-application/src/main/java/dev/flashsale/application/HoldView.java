package dev.flashsale.application;

import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import java.util.Optional;

/**
 * A hold as it reads now.
 *
 * @param extensionsLeft how often it can still be extended; 0 if it is not active
 * @param order present if and only if the status is {@link HoldStatus#ORDERED}
 */
public record HoldView(Hold hold, HoldStatus status, int extensionsLeft, Optional<Order> order) {}
