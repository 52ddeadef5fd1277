package dev.flashsale.domain.testing;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

final class InMemoryStocks implements StockRepository {

    private final InMemoryDatabase database;

    InMemoryStocks(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        synchronized (database) {
            return new AsOf<>(database.now(), Tables.among(database.tables().stocks, ids));
        }
    }

    @Override
    public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
        return lock(ids);
    }

    @Override
    public void save(Collection<Stock> stocks) {
        synchronized (database) {
            Map<ProductId, Stock> table = database.tables().stocks;
            for (Stock stock : stocks) {
                Stock before = Tables.existing(table, stock.productId());
                table.put(stock.productId(), stock.with(before.rules()));
            }
        }
    }

    @Override
    public void saveRules(ProductId id, SaleRules rules) {
        synchronized (database) {
            Map<ProductId, Stock> table = database.tables().stocks;
            table.put(id, Tables.existing(table, id).with(rules));
        }
    }

    @Override
    public void insert(Collection<Stock> stocks) {
        synchronized (database) {
            stocks.forEach(stock -> Tables.add(database.tables().stocks, stock.productId(), stock));
        }
    }

    @Override
    public void addToLedger(TotalChange change) {
        synchronized (database) {
            database.tables().ledger.add(change);
        }
    }

    @Override
    public Slice<Long, LedgerRow> ledger(ProductId id, Optional<Long> before, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    Tables.lastFirst(database.tables().ledger, LedgerRow::new)
                            .filter(row -> row.change().productId().equals(id))
                            .filter(row -> before.isEmpty() || row.number() < before.get())
                            .map(row -> Map.entry(row.number(), row)),
                    limit);
        }
    }

    @Override
    public Slice<ProductId, Stock> view(Collection<ProductId> ids) {
        synchronized (database) {
            Map<ProductId, Stock> found = Tables.among(database.tables().stocks, ids);
            found.replaceAll((id, stock) -> stock.seenWith(piecesOver(id, database.now())));
            return new Slice<>(database.now(), found, Map.of(), Optional.empty());
        }
    }

    private int piecesOver(ProductId productId, Instant now) {
        Stream<Item> held = database.holdLines().stream()
                .filter(line -> line.isOverdue(now))
                .map(HoldLine::item);
        Stream<Item> ordered = database.orderLines().stream()
                .filter(line -> line.isOverdue(now))
                .map(OrderLine::item);
        return Stream.concat(held, ordered)
                .filter(item -> item.productId().equals(productId))
                .mapToInt(item -> item.quantity().value())
                .sum();
    }
}
