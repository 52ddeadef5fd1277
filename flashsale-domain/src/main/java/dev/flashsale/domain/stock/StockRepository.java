package dev.flashsale.domain.stock;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Secondary port: the stock rows.
 *
 * <p>They are the hottest rows there are and the last that any transaction locks: after payments, holds and orders,
 * in the order of the product ids.
 */
public interface StockRepository {

    /** Locks the stocks that exist among these until the transaction ends. */
    AsOf<ProductId, Stock> lock(Set<ProductId> ids);

    /**
     * The stocks that exist among these as they were committed last, not locked: they may change at once. Unlike
     * {@link #view} it counts what is over and not returned yet as taken.
     */
    AsOf<ProductId, Stock> find(Set<ProductId> ids);

    /** Writes the totals of stocks that this transaction has locked, and what is available. */
    void save(Collection<Stock> stocks);

    /** Writes the rules of a stock that this transaction has locked. */
    void saveRules(ProductId id, SaleRules rules);

    /** Adds stocks of products that have none yet. */
    void insert(Collection<Stock> stocks);

    /** Adds a row to the ledger of totals. None is ever changed or removed. */
    void addToLedger(TotalChange change);

    /**
     * A page of a product's rows of the ledger by their numbers, the last first. Nothing is locked.
     *
     * @param before where the page before ended; empty for the first page
     * @param limit at most this many
     */
    Slice<Long, LedgerRow> ledger(ProductId id, Optional<Long> before, int limit);

    /**
     * The stocks that exist among these, as a buyer may see them: what is held beyond its time counts as available
     * already, whether it was returned or not. Nothing is locked.
     */
    Slice<ProductId, Stock> view(Collection<ProductId> ids);
}
