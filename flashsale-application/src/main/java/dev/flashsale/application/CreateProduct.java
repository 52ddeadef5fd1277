package dev.flashsale.application;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.stock.NewProduct;

/** Use case: an operator puts a new product on sale. */
@FunctionalInterface
public interface CreateProduct {

    /**
     * Numbers the product. Not idempotent: whoever asks twice gets two products, unless by {@link CreateProductOnce}.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    ViewProduct.View create(NewProduct product, Cause cause);
}
