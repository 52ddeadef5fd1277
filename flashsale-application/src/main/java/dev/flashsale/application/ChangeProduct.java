package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;

/** Use case: an operator changes a product's name, its price or the rules of its sale. */
@FunctionalInterface
public interface ChangeProduct {

    /**
     * Safe to repeat. Who holds something already keeps it, whatever the rules become; an order placed afterwards is
     * at the new price.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    ChangeOutcome change(ProductId productId, ProductChange change, Cause cause);
}
