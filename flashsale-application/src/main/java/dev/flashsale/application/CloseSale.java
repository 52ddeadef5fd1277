package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import java.util.Optional;

/** Use case: an operator closes a product's sale now. What is held can still be ordered, and what is ordered paid. */
@FunctionalInterface
public interface CloseSale {

    /**
     * Safe to repeat: a sale that is over stays as it is.
     *
     * @return the window of the sale from now on; nothing if there is no such product
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    Optional<SaleWindow> close(ProductId productId, Cause cause);
}
