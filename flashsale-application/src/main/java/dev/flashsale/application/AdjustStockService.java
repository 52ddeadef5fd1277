package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class AdjustStockService implements AdjustStock {

    private final Ports ports;
    private final StockReturns returns;
    private final ProductBook book;

    AdjustStockService(Ports ports, StockReturns returns) {
        this.ports = ports;
        this.returns = returns;
        this.book = new ProductBook(ports);
    }

    @Override
    public Optional<AdjustOutcome> adjust(ProductId productId, int total, Cause cause) {
        return ports.transactions().run(attempt -> {
            AsOf<ProductId, Stock> locked = ports.stocks().lock(Set.of(productId));
            return Optional.ofNullable(locked.rows().get(productId))
                    .map(stock -> adjust(stock, total, cause, locked.now()));
        });
    }

    private AdjustOutcome adjust(Stock locked, int total, Cause cause, Instant now) {
        // As much as the total is lowered by must be available.
        Stock stock = returns.reclaim(locked, (long) locked.total() - total, Set.of());
        AdjustOutcome outcome = stock.adjustTo(total);
        switch (outcome) {
            case AdjustOutcome.Adjusted adjusted -> book.adjust(locked, adjusted.stock(), cause, now);
            case AdjustOutcome.BelowTaken taken -> ports.stocks().save(List.of(stock));
        }
        return outcome;
    }
}
