package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.stock.TotalChange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Ports that tell which products, stocks and rules a transaction has changed, once it is committed. */
final class WatchedPorts {

    private final Consumer<ProductId> changed;
    private final ThreadLocal<Set<ProductId>> saved = ThreadLocal.withInitial(HashSet::new);

    private WatchedPorts(Consumer<ProductId> changed) {
        this.changed = changed;
    }

    static Ports of(Ports ports, Consumer<ProductId> changed, Reports reports) {
        WatchedPorts watched = new WatchedPorts(changed);
        return new Ports(
                watched.transactions(reports.of(ports.transactions())),
                watched.products(ports.products()),
                watched.stocks(ports.stocks()),
                ports.holds(),
                ports.orders(),
                ports.payments(),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    private Transactions transactions(Transactions all) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                try {
                    return all.run(work);
                } finally {
                    // After a failure too: whether it was committed may be unknown.
                    saved.get().forEach(changed);
                    saved.remove();
                }
            }

            @Override
            public boolean joined() {
                return all.joined();
            }
        };
    }

    private ProductRepository products(ProductRepository all) {
        return new ProductRepository() {
            @Override
            public Map<ProductId, Product> find(Collection<ProductId> ids) {
                return all.find(ids);
            }

            @Override
            public ProductId nextId() {
                return all.nextId();
            }

            @Override
            public List<Product> page(Optional<ProductId> after, int limit) {
                return all.page(after, limit);
            }

            @Override
            public void save(Collection<Product> products) {
                all.save(products);
                products.forEach(product -> saved.get().add(product.id()));
            }
        };
    }

    private StockRepository stocks(StockRepository all) {
        return new StockRepository() {
            @Override
            public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
                return all.lock(ids);
            }

            @Override
            public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
                return all.find(ids);
            }

            @Override
            public void save(Collection<Stock> stocks) {
                all.save(stocks);
                stocks.forEach(stock -> saved.get().add(stock.productId()));
            }

            @Override
            public void saveRules(ProductId id, SaleRules rules) {
                all.saveRules(id, rules);
                saved.get().add(id);
            }

            @Override
            public void insert(Collection<Stock> stocks) {
                all.insert(stocks);
                stocks.forEach(stock -> saved.get().add(stock.productId()));
            }

            @Override
            public void addToLedger(TotalChange change) {
                all.addToLedger(change);
            }

            @Override
            public List<LedgerRow> ledger(ProductId id, Optional<Long> before, int limit) {
                return all.ledger(id, before, limit);
            }

            @Override
            public AsOf<ProductId, Stock> view(Collection<ProductId> ids) {
                return all.view(ids);
            }
        };
    }
}
