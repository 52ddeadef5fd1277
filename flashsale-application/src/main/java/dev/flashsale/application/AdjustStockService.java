package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

final class AdjustStockService implements AdjustStock {

    private final Transactions transactions;
    private final StockReturns returns;
    private final ProductBook book;
    private final StockWrites writes;

    AdjustStockService(Transactions transactions, StockReturns returns, ProductBook book, StockWrites writes) {
        this.transactions = transactions;
        this.returns = returns;
        this.book = book;
        this.writes = writes;
    }

    @Override
    public Optional<AdjustOutcome> adjust(ProductId productId, int total, Cause cause) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(productId));
            return Optional.ofNullable(locked.rows().get(productId))
                    .map(stock -> adjust(tx, stock, total, cause, locked.now()));
        });
    }

    private AdjustOutcome adjust(Transaction tx, Stock locked, int total, Cause cause, Instant now) {
        // As much as the total is lowered by must be available.
        Stock stock = returns.reclaim(tx, locked, (long) locked.total() - total, Set.of());
        AdjustOutcome outcome = stock.adjustTo(total);
        switch (outcome) {
            case AdjustOutcome.Adjusted adjusted -> book.adjust(tx, locked, adjusted.stock(), cause, now);
            case AdjustOutcome.BelowTaken taken -> writes.save(tx, locked, stock);
        }
        return outcome;
    }
}
