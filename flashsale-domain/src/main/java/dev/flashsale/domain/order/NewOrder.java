package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;

/** An order that has no number yet. */
public record NewOrder(
        HoldId holdId,
        ProductId productId,
        Quantity quantity,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline) {

    public Order numbered(OrderId id) {
        return new Order(id, holdId, productId, quantity, amount, placedAt, paymentDeadline, OrderStatus.PENDING);
    }
}
