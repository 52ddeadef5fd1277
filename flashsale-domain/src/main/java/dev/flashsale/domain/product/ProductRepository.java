package dev.flashsale.domain.product;

import java.util.Collection;
import java.util.Map;

/** Secondary port: the products. */
public interface ProductRepository {

    /** The products that exist among these, not locked. */
    Map<ProductId, Product> find(Collection<ProductId> ids);

    /** Stores these, new ones and changed ones alike. */
    void save(Collection<Product> products);
}
