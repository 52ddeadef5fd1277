package dev.flashsale.application;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.stock.NewProduct;

/** Use case: an operator puts a new product on sale, with the first answer again for all repetitions of a request. */
@FunctionalInterface
public interface CreateProductOnce {

    /**
     * As {@link CreateProduct}, and the product is kept under the key for 24 hours at least: whoever repeats the request
     * gets it as it was then. Another product, operator or reason under the key is refused.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    KeyedOutcome<ViewProduct.View> create(NewProduct product, Cause cause, IdempotencyKey key);
}
