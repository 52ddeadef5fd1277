package dev.flashsale.domain.testing;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.Stock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

final class InMemoryProducts implements ProductRepository {

    private final InMemoryDatabase database;

    InMemoryProducts(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<ProductId, Product> find(Collection<ProductId> ids) {
        synchronized (database) {
            return Tables.among(database.tables().products, ids);
        }
    }

    @Override
    public ProductId nextId() {
        synchronized (database) {
            return new ProductId(database.tables().products.headMap(ProductId.LAST_READABLE, true).keySet().stream()
                    .mapToLong(id -> id.value() + 1)
                    .max()
                    .orElse(1));
        }
    }

    @Override
    public Slice<ProductId, Product> page(Optional<ProductId> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.tables().products.entrySet().stream()
                            .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0),
                    limit);
        }
    }

    @Override
    public Slice<ProductId, Product> page(boolean retired, Optional<ProductId> after, int limit) {
        synchronized (database) {
            Map<ProductId, Stock> stocks = database.tables().stocks;
            return Tables.slice(
                    database.now(),
                    database.tables().products.entrySet().stream()
                            .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0)
                            .filter(row -> stocks.containsKey(row.getKey())
                                    && Tables.existing(stocks, row.getKey())
                                                    .rules()
                                                    .retired()
                                            == retired),
                    limit);
        }
    }

    @Override
    public void save(Collection<Product> products) {
        synchronized (database) {
            products.forEach(product -> database.tables().products.put(product.id(), product));
        }
    }
}
