package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import java.util.Optional;

/** Use case: an operator opens a product's sale now. */
@FunctionalInterface
public interface OpenSale {

    /**
     * Safe to repeat: a sale that is open stays as it is.
     *
     * @return the window of the sale from now on; nothing if there is no such product
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    Optional<SaleWindow> open(ProductId productId, Cause cause);
}
