package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import java.util.Set;

/** An order that has no number yet. One with nothing to pay is paid as soon as it is made. */
public record NewOrder(HoldId holdId, Lines lines, Money amount, Instant placedAt, Instant paymentDeadline) {

    public Order numbered(OrderId id) {
        return new Order(
                id,
                holdId,
                lines,
                amount,
                placedAt,
                paymentDeadline,
                amount.isZero() ? OrderStatus.PAID : OrderStatus.PENDING,
                Set.of());
    }
}
