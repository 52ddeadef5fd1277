package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A buyer's wish to hold pieces: all lines of it or nothing.
 *
 * @param holdId chosen before the attempt, so that a repetition is recognised: the same request under the same id is
 *     granted once
 * @param customerId who wishes; a product with a limit per customer wants to know
 */
public record HoldRequest(
        HoldId holdId, Lines lines, @Nullable CustomerId customerId) {

    /** For one product. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity, @Nullable CustomerId customerId) {
        this(holdId, Lines.of(productId, quantity), customerId);
    }

    /** For one product, of a customer who is not named. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity) {
        this(holdId, productId, quantity, null);
    }
}
