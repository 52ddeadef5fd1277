package dev.flashsale.domain.stock;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;

/**
 * A row of the ledger of totals: all of a product's add up to its total.
 *
 * @param pieces put on sale, or taken off it if negative; never 0
 * @param at the database's time
 */
public record TotalChange(ProductId productId, int pieces, Instant at, Cause cause) {

    public TotalChange {
        if (pieces == 0) {
            throw new IllegalArgumentException("a change of a total must be of a piece at least");
        }
    }
}
