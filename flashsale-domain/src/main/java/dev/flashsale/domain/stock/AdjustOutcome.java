package dev.flashsale.domain.stock;

import dev.flashsale.domain.product.ProductId;

/** What became of an operator's wish for another total. */
public sealed interface AdjustOutcome {

    /** There is no such product. */
    record UnknownProduct(ProductId productId) implements AdjustOutcome {}

    /** There is the product. */
    sealed interface Known extends AdjustOutcome {}

    /** The total is this, by this call or by an earlier one. */
    record Adjusted(Stock stock) implements Known, PutOutcome {}

    /**
     * More is held, ordered or sold than the wished total.
     *
     * @param smallestTotal the smallest total that is possible now
     */
    record BelowTaken(int smallestTotal) implements Known, PutOutcome {}
}
