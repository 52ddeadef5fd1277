package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.product.Product;
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
    public AdjustOutcome put(Product product, int total) {
        return ports.transactions().run(attempt -> {
            Stock stock = ports.stocks().lock(Set.of(product.id())).rows().get(product.id());
            return stock == null ? add(product, total) : change(product, stock, total);
        });
    }

    private AdjustOutcome add(Product product, int total) {
        Stock stock = Stock.untouched(product.id(), total);
        ports.stocks().insert(List.of(stock));
        ports.products().save(List.of(product));
        return new AdjustOutcome.Adjusted(stock);
    }

    private AdjustOutcome change(Product product, Stock stock, int total) {
        AdjustOutcome outcome = stock.adjustTo(total);
        if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
            ports.stocks().save(List.of(adjusted.stock()));
            ports.products().save(List.of(product));
        }
        return outcome;
    }
}
