package dev.flashsale.application;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.AdjustOutcome;

/** Use case: put a product on sale, or change it and its total. */
@FunctionalInterface
public interface PutProduct {

    /**
     * Makes the product what it is given as. A refusal changes nothing. The records of what was changed say that a program
     * did it; operators have use cases of their own.
     *
     * @param total pieces on sale in all, what is held, ordered and sold included
     * @param rules what its buyers have to keep to from now on
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    AdjustOutcome put(Product product, int total, SaleRules rules);

    /** The same without rules. */
    default AdjustOutcome put(Product product, int total) {
        return put(product, total, SaleRules.NONE);
    }
}
