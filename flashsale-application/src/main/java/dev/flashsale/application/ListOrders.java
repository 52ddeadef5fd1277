package dev.flashsale.application;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.util.Optional;

/** Use case: look at a product's orders, a page at a time. */
@FunctionalInterface
public interface ListOrders {

    /** A page of the orders that read as that status now, by their payment deadlines. */
    Page<Order, OrderPosition> list(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, PageSize size);
}
