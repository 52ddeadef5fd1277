package dev.flashsale.application.product;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.Products;
import dev.flashsale.application.memory.StockMemories;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

public final class ProductUseCases implements Products {

    private final Transactions transactions;
    private final StockMemories memories;
    private final ProductBook book;

    public ProductUseCases(Transactions transactions, StockMemories memories, ProductBook book) {
        this.transactions = transactions;
        this.memories = memories;
        this.book = book;
    }

    @Override
    public Optional<ProductView> view(ProductId id) {
        return transactions.joins() ? read(id) : memories.ofCaller().view(id, () -> read(id));
    }

    private Optional<ProductView> read(ProductId id) {
        return transactions.read(tx -> read(tx, id));
    }

    static Optional<ProductView> read(Transaction tx, ProductId id) {
        Product product = tx.products().find(Set.of(id)).get(id);
        AsOf<ProductId, Stock> stocks = tx.stocks().view(Set.of(id));
        Stock stock = stocks.rows().get(id);
        return product == null || stock == null
                ? Optional.empty()
                : Optional.of(
                        new ProductView(product, stock, stock.rules().window().stateAt(stocks.now())));
    }

    @Override
    public AdjustOutcome.Known put(Product product, int total, SaleRules rules) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(product.id()));
            Stock stock = locked.rows().get(product.id());
            return stock == null
                    ? add(tx, product, total, rules, locked.now())
                    : change(tx, product, stock, total, rules, locked.now());
        });
    }

    private AdjustOutcome.Known add(Transaction tx, Product product, int total, SaleRules rules, Instant now) {
        Stock stock = Stock.untouched(product.id(), total).with(rules);
        book.add(tx, product, stock, Cause.PROGRAM, now);
        return new AdjustOutcome.Adjusted(stock);
    }

    private AdjustOutcome.Known change(
            Transaction tx, Product product, Stock stock, int total, SaleRules rules, Instant now) {
        AdjustOutcome.Known outcome = stock.with(rules).adjustTo(total);
        if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
            Product before = tx.products().find(Set.of(product.id())).get(product.id());
            book.change(tx, before, product, stock, adjusted.stock(), Cause.PROGRAM, now);
        }
        return outcome;
    }
}
