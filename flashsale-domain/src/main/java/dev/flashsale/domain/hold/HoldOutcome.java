package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of a wish to hold. Where several could apply, the first in this order is the answer: {@link IdReused},
 * {@link UnknownProduct}, {@link Placed}, {@link InsufficientStock}, {@link AllHeld}, {@link SoldOut}.
 */
public sealed interface HoldOutcome {

    /** The hold id was used before, for another product or quantity. Nothing changed. */
    record IdReused(HoldId holdId) implements HoldOutcome {}

    /** There is no such product. */
    record UnknownProduct(ProductId productId) implements HoldOutcome {}

    /** Granted. The same request again is answered with the same hold. */
    record Placed(HoldId holdId, ProductId productId, Quantity quantity, Instant expiresAt) implements HoldOutcome {
        static Placed of(Hold hold) {
            return new Placed(hold.id(), hold.productId(), hold.quantity(), hold.expiresAt());
        }
    }

    /** Something is left, but not that much: a smaller request may be granted. */
    record InsufficientStock(ProductId productId, int available) implements HoldOutcome {}

    /**
     * Nothing is available now, but not everything is sold: what is held or ordered and not paid may return.
     *
     * @param retryAfter until the earliest that something could return by itself
     */
    record AllHeld(ProductId productId, Duration retryAfter) implements HoldOutcome {}

    /** Nothing is available and nothing can return by itself. */
    record SoldOut(ProductId productId) implements HoldOutcome {}
}
