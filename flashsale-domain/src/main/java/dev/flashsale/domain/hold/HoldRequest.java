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
 * @param reuse whether a valid hold of the same products that this customer has already will do, in whatever quantities; whoever
 *     sets it lets the customer have that hold's id
 */
public record HoldRequest(
        HoldId holdId, Lines lines, @Nullable CustomerId customerId, boolean reuse) {

    public HoldRequest {
        if (reuse && customerId == null) {
            throw new IllegalArgumentException(
                    "what is to be used again is a customer's, and the customer is not named");
        }
    }

    /** For a new hold. */
    public HoldRequest(HoldId holdId, Lines lines, @Nullable CustomerId customerId) {
        this(holdId, lines, customerId, false);
    }

    /** For one product. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity, @Nullable CustomerId customerId) {
        this(holdId, Lines.of(productId, quantity), customerId);
    }

    /** For one product, of a customer who is not named. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity) {
        this(holdId, productId, quantity, null);
    }
}
