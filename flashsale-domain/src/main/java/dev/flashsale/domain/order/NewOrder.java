package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An order that has no number yet.
 *
 * @param further the other lines of an order of several products
 */
public record NewOrder(
        HoldId holdId,
        ProductId productId,
        Quantity quantity,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline,
        List<Item> further) {

    /** Of one product. */
    public NewOrder(
            HoldId holdId,
            ProductId productId,
            Quantity quantity,
            Money amount,
            Instant placedAt,
            Instant paymentDeadline) {
        this(holdId, productId, quantity, amount, placedAt, paymentDeadline, List.of());
    }

    /** All lines, the first first. */
    public List<Item> items() {
        return Item.all(productId, quantity, further);
    }

    public Order numbered(OrderId id) {
        return new Order(
                id,
                holdId,
                productId,
                quantity,
                amount,
                placedAt,
                paymentDeadline,
                OrderStatus.PENDING,
                further,
                Set.of());
    }
}
