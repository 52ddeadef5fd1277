package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import java.util.Optional;

/** Use case: an operator sets a product's total. */
@FunctionalInterface
public interface AdjustStock {

    /**
     * Safe to repeat. What is held beyond its time is given back first where that helps.
     *
     * @param total pieces on sale in all, what is held, ordered and sold included
     * @return nothing if there is no such product
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    Optional<AdjustOutcome> adjust(ProductId productId, int total, Cause cause);
}
