package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
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

    private final Ports ports;
    private final ProductBook book;

    PutProductService(Ports ports) {
        this.ports = ports;
        this.book = new ProductBook(ports);
    }

    @Override
    public AdjustOutcome put(Product product, int total, SaleRules rules) {
        return ports.transactions().run(attempt -> {
            AsOf<ProductId, Stock> locked = ports.stocks().lock(Set.of(product.id()));
            Stock stock = locked.rows().get(product.id());
            return stock == null
                    ? add(product, total, rules, locked.now())
                    : change(product, stock, total, rules, locked.now());
        });
    }

    private AdjustOutcome add(Product product, int total, SaleRules rules, Instant now) {
        Stock stock = Stock.untouched(product.id(), total).with(rules);
        book.add(product, stock, Cause.PROGRAM, now);
        return new AdjustOutcome.Adjusted(stock);
    }

    private AdjustOutcome change(Product product, Stock stock, int total, SaleRules rules, Instant now) {
        AdjustOutcome outcome = stock.with(rules).adjustTo(total);
        if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
            Product before = ports.products().find(Set.of(product.id())).get(product.id());
            book.change(before, product, stock, adjusted.stock(), Cause.PROGRAM, now);
        }
        return outcome;
    }
}
