package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.util.List;
import java.util.Set;

final class PutProductService implements PutProduct {

    private final Ports ports;

    PutProductService(Ports ports) {
        this.ports = ports;
    }

    @Override
    public AdjustOutcome put(Product product, int total, SaleRules rules) {
        return ports.transactions().run(attempt -> {
            Stock stock = ports.stocks().lock(Set.of(product.id())).rows().get(product.id());
            return stock == null ? add(product, total, rules) : change(product, stock, total, rules);
        });
    }

    private AdjustOutcome add(Product product, int total, SaleRules rules) {
        Stock stock = Stock.untouched(product.id(), total).with(rules);
        ports.stocks().insert(List.of(stock));
        ports.products().save(List.of(product));
        return new AdjustOutcome.Adjusted(stock);
    }

    private AdjustOutcome change(Product product, Stock stock, int total, SaleRules rules) {
        AdjustOutcome outcome = stock.with(rules).adjustTo(total);
        if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
            ports.stocks().save(List.of(adjusted.stock()));
            ports.stocks().saveRules(product.id(), rules);
            ports.products().save(List.of(product));
        }
        return outcome;
    }
}
