package dev.flashsale.domain.product;

import dev.flashsale.domain.Slice;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Secondary port: the products. */
public interface ProductRepository {

    /** The products that exist among these, not locked. */
    Map<ProductId, Product> find(Collection<ProductId> ids);

    /**
     * A number for a new product that none has. It is larger than those of all products, except of those beyond what
     * every JSON client can read. Whoever asks for one meanwhile waits until this transaction ends, if there is any
     * product; else it may get the same.
     */
    ProductId nextId();

    /**
     * A page of all products there are, in the order of their ids, not locked.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit at most this many
     */
    Slice<ProductId, Product> page(Optional<ProductId> after, int limit);

    /**
     * A page of the products with a stock that are retired, or of those that are not, as {@link #page(Optional, int)}.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit at most this many
     */
    Slice<ProductId, Product> page(boolean retired, Optional<ProductId> after, int limit);

    /** Stores these, new ones and changed ones alike. */
    void save(Collection<Product> products);
}
