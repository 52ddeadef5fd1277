package dev.flashsale.application;

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
import java.util.Set;

final class PutProductService implements PutProduct {

    private final Transactions transactions;
    private final ProductBook book;

    PutProductService(Transactions transactions, ProductBook book) {
        this.transactions = transactions;
        this.book = book;
    }

    @Override
    public AdjustOutcome put(Product product, int total, SaleRules rules) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(product.id()));
            Stock stock = locked.rows().get(product.id());
            return stock == null
                    ? add(tx, product, total, rules, locked.now())
                    : change(tx, product, stock, total, rules, locked.now());
        });
    }

    private AdjustOutcome add(Transaction tx, Product product, int total, SaleRules rules, Instant now) {
        Stock stock = Stock.untouched(product.id(), total).with(rules);
        book.add(tx, product, stock, Cause.PROGRAM, now);
        return new AdjustOutcome.Adjusted(stock);
    }

    private AdjustOutcome change(
            Transaction tx, Product product, Stock stock, int total, SaleRules rules, Instant now) {
        AdjustOutcome outcome = stock.with(rules).adjustTo(total);
        if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
            Product before = tx.products().find(Set.of(product.id())).get(product.id());
            book.change(tx, before, product, stock, adjusted.stock(), Cause.PROGRAM, now);
        }
        return outcome;
    }
}
