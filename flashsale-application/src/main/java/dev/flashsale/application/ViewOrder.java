package dev.flashsale.application;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import java.util.Optional;

/** Use case: look at an order. Whether the caller may is for the caller's adapter to decide. */
@FunctionalInterface
public interface ViewOrder {

    /** The order as it reads now. */
    Optional<Order> view(OrderId orderId);
}
