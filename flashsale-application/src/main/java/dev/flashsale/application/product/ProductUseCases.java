package dev.flashsale.application.product;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.Products;
import dev.flashsale.application.memory.StockMemories;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

public final class ProductUseCases implements Products {

    private final Transactions transactions;
    private final StockMemories memories;
    private final ProductBook book;
    private final StockReturns returns;
    private final StockWrites writes;

    public ProductUseCases(
            Transactions transactions,
            StockMemories memories,
            ProductBook book,
            StockReturns returns,
            StockWrites writes) {
        this.transactions = transactions;
        this.memories = memories;
        this.book = book;
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public Optional<ProductView> view(ProductId id) {
        return transactions.joins() ? read(id) : memories.ofCaller().view(id, () -> read(id));
    }

    @Override
    public Map<ProductId, ProductView> views(Set<ProductId> ids) {
        return transactions.joins() ? read(ids) : memories.ofCaller().views(ids, this::read);
    }

    private Optional<ProductView> read(ProductId id) {
        return transactions.read(tx -> read(tx, id));
    }

    private Map<ProductId, ProductView> read(Set<ProductId> ids) {
        return transactions.read(tx -> read(tx, ids, wrong -> {}));
    }

    static Optional<ProductView> read(Transaction tx, ProductId id) {
        return Optional.ofNullable(read(tx, Set.of(id), wrong -> {
                    throw wrong;
                })
                .get(id));
    }

    private static Map<ProductId, ProductView> read(
            Transaction tx, Set<ProductId> ids, Consumer<RuntimeException> unreadable) {
        Map<ProductId, Product> products = tx.products().find(ids);
        Slice<ProductId, Stock> stocks = tx.stocks().view(ids);
        stocks.unreadable().values().forEach(unreadable);
        Map<ProductId, ProductView> views = new HashMap<>();
        stocks.rows().forEach((id, stock) -> {
            Product product = products.get(id);
            if (product != null) {
                views.put(id, new ProductView(product, stock, stock.rules().stateAt(stocks.now())));
            }
        });
        if (views.size() + stocks.unreadable().size() < ids.size()) {
            tx.seeEverything();
        }
        return views;
    }

    @Override
    public PutOutcome put(Product product, int total, SaleRules rules) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(product.id()));
            Stock stock = locked.rows().get(product.id());
            return stock == null
                    ? add(tx, product, total, rules, locked.now())
                    : change(tx, product, stock, total, rules, locked.now());
        });
    }

    private PutOutcome add(Transaction tx, Product product, int total, SaleRules rules, Instant now) {
        Stock stock = Stock.untouched(product.id(), total).with(rules);
        book.add(tx, product, stock, Cause.PROGRAM, now);
        return new AdjustOutcome.Adjusted(stock);
    }

    private PutOutcome change(Transaction tx, Product product, Stock locked, int total, SaleRules rules, Instant now) {
        Product before = tx.products().find(Set.of(product.id())).get(product.id());
        if (before != null && !before.hasCurrencyOf(product)) {
            return new PutOutcome.CurrencyIsFixed(before.price().currency());
        }
        // As much as the total is lowered by must be available.
        Stock stock = returns.reclaim(tx, locked, (long) locked.total() - total, Set.of());
        return switch (stock.with(rules).adjustTo(total)) {
            case AdjustOutcome.Adjusted adjusted -> {
                book.change(tx, before, product, locked, adjusted.stock(), Cause.PROGRAM, now);
                yield adjusted;
            }
            case AdjustOutcome.BelowTaken taken -> {
                writes.save(tx, locked, stock);
                yield taken;
            }
        };
    }
}
