package dev.flashsale.application;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.stock.AdjustOutcome;

/** Use case: put a product on sale, or change it and its total. */
@FunctionalInterface
public interface PutProduct {

    /**
     * Makes the product what it is given as. A refusal changes nothing.
     *
     * @param total pieces on sale in all, what is held, ordered and sold included
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    AdjustOutcome put(Product product, int total);
}
