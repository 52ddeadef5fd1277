package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.Set;

final class ChangeProductService implements ChangeProduct {

    private final Transactions transactions;
    private final ProductBook book;

    ChangeProductService(Transactions transactions, ProductBook book) {
        this.transactions = transactions;
        this.book = book;
    }

    /** Whoever changes a product locks its stock first, so the product needs no lock of its own. */
    @Override
    public ChangeOutcome change(ProductId productId, ProductChange change, Cause cause) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(productId));
            Stock stock = locked.rows().get(productId);
            Product product = tx.products().find(Set.of(productId)).get(productId);
            if (stock == null || product == null) {
                return new ChangeOutcome.UnknownProduct(productId);
            }
            ChangeOutcome outcome = change.decide(product, stock.rules());
            if (outcome instanceof ChangeOutcome.Changed changed) {
                book.change(tx, product, changed.product(), stock, stock.with(changed.rules()), cause, locked.now());
            }
            return outcome;
        });
    }
}
