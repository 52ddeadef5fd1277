package dev.flashsale.application;

import dev.flashsale.domain.product.ProductId;

/**
 * Where the pieces of a product are, as of one moment.
 *
 * @param held in holds that have not ended; one whose time is over counts until it is tidied up
 * @param pending in orders that wait for their payment, in the same way
 */
public record ProductPieces(ProductId productId, long total, long available, long held, long pending) {

    /** What is left of the total: if everything adds up, what is in paid orders. Below 0 where more was sold than there is. */
    public long paid() {
        return total - available - held - pending;
    }
}
