package dev.flashsale.application;

import dev.flashsale.domain.product.ProductId;
import java.util.Optional;

/** Use case: look at all products, a page at a time. */
@FunctionalInterface
public interface ListProducts {

    /** A page in the order of the ids, each product as {@link ViewProduct} shows it, but not from memory. */
    Page<ViewProduct.View, ProductId> list(Optional<ProductId> after, PageSize size);
}
