package dev.flashsale.application;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import java.util.Optional;

/** Use case: look at a product and the stock available now. */
@FunctionalInterface
public interface ViewProduct {

    /** The product, if there is one. The stock is advisory: it may be taken by the time it is read. */
    Optional<View> view(ProductId productId);

    /**
     * A product as it reads now.
     *
     * @param sale whether it is sold at that moment
     */
    record View(Product product, Stock stock, SaleState sale) {}
}
