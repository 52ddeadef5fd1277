package dev.flashsale.application;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import java.util.Optional;

/** Use case: look at all orders, a page at a time. */
@FunctionalInterface
public interface ListAllOrders {

    /** A page in the order of the numbers, each order as it reads now. */
    Page<Order, OrderId> list(Optional<OrderId> after, PageSize size);
}
