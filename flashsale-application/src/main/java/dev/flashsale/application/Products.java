package dev.flashsale.application;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.PutOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is on sale, for buyers and for programs that put it there. */
public interface Products {

    /**
     * The product, if there is one, and the stock available now. The stock is advisory: it may be taken by the time it is
     * read. Without a transaction of the caller's it may be as old as {@link Settings#readMemory()}.
     */
    Optional<ProductView> view(ProductId id);

    /**
     * The same of several, of one reading. One that does not exist, or whose row is not as it must be, is left out.
     *
     * @param ids of products that are looked at together, some hundreds at most
     */
    Map<ProductId, ProductView> views(Set<ProductId> ids);

    /**
     * Makes the product what it is given as, at a price in the currency that it has. A refusal changes nothing. The records of what was changed say that a program
     * did it; people have an {@link Operator}.
     *
     * @param total pieces on sale in all, what is held, ordered and sold included
     * @param rules what its buyers have to keep to from now on
     * @throws Busy if the database could not do it now
     */
    PutOutcome put(Product product, int total, SaleRules rules);

    /** The same without rules. */
    default PutOutcome put(Product product, int total) {
        return put(product, total, SaleRules.NONE);
    }
}
