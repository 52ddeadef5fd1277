package dev.flashsale.application.event;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent.SoldOut;
import dev.flashsale.domain.event.SaleEvent.StockChanged;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.stock.TotalChange;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Stocks of which is told what is written. */
record ToldStocks(StockRepository all, Story story) implements StockRepository {

    @Override
    public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        AsOf<ProductId, Stock> locked = story.seen(all.lock(ids));
        locked.rows().values().forEach(story::saw);
        return locked;
    }

    @Override
    public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
        return all.find(ids);
    }

    @Override
    public void save(Collection<Stock> stocks) {
        all.save(stocks);
        stocks.forEach(this::told);
    }

    @Override
    public void saveRules(ProductId id, SaleRules rules) {
        all.saveRules(id, rules);
    }

    @Override
    public void insert(Collection<Stock> stocks) {
        all.insert(stocks);
        stocks.forEach(this::told);
    }

    private void told(Stock stock) {
        Stock before = story.stock(stock.productId());
        story.saw(stock);
        story.add(
                EventKind.STOCK_CHANGED,
                stamp -> new StockChanged(stamp, stock.productId(), stock.total(), stock.available()));
        if (stock.available() == 0 && before != null && before.available() > 0) {
            story.add(EventKind.SOLD_OUT, stamp -> new SoldOut(stamp, stock.productId(), stock.total()));
        }
    }

    @Override
    public void addToLedger(TotalChange change) {
        all.addToLedger(change);
    }

    @Override
    public Slice<Long, LedgerRow> ledger(ProductId id, Optional<Long> before, int limit) {
        return all.ledger(id, before, limit);
    }

    @Override
    public Slice<ProductId, Stock> view(Collection<ProductId> ids) {
        return all.view(ids);
    }
}
