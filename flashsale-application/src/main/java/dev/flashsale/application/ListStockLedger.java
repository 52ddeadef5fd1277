package dev.flashsale.application;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import java.util.Optional;

/** Use case: look at how a product's total came about, a page at a time. */
@FunctionalInterface
public interface ListStockLedger {

    /** A page by the numbers of the rows, the last first; all of them add up to the total. Empty for a product that does not exist. */
    Optional<Page<LedgerRow, Long>> list(ProductId id, Optional<Long> after, PageSize size);
}
