package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;

/**
 * The pieces of one hold, ordered.
 *
 * <pre>
 *             ┌─ payment succeeded ──▶ paid
 *   pending ──┼─ payment failed ─────▶ failed  ─┐  (the pieces return)
 *             ├─ deadline passed ────▶ expired ─┤  (the pieces return)
 *             │                                 └─ late success, if the pieces can be taken again ─▶ paid
 *             └─ an operator cancels ─▶ cancelled  (the pieces return, for good)
 *   paid ─ money given back ─▶ refunded, or returned where the pieces come back, too
 * </pre>
 *
 * @param amount the product's price when the order was placed, times the quantity
 * @param paymentDeadline the first moment at which the order is no longer waited for
 */
public record Order(
        OrderId id,
        HoldId holdId,
        ProductId productId,
        Quantity quantity,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline,
        OrderStatus status) {

    /** What the order is now; a pending order past its deadline is expired whether or not its pieces were returned. */
    public OrderStatus statusAt(Instant now) {
        return status == OrderStatus.PENDING && !now.isBefore(paymentDeadline) ? OrderStatus.EXPIRED : status;
    }

    public Order with(OrderStatus newStatus) {
        return new Order(id, holdId, productId, quantity, amount, placedAt, paymentDeadline, newStatus);
    }

    /** This order as it reads now. */
    public Order asOf(Instant now) {
        return with(statusAt(now));
    }
}
