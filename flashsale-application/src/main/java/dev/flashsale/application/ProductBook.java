package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is changed by hand about products and their totals, and with each change who made it and why. The one
 * place that writes totals, so that the ledger adds up to them. The caller has the stock row locked, or makes it; what
 * does not change is not written.
 */
final class ProductBook {

    private final Ports ports;

    ProductBook(Ports ports) {
        this.ports = ports;
    }

    /** Puts a new product on sale; answers what the log has of it. */
    LogEntry add(Product product, Stock stock, Cause cause, Instant now) {
        ports.stocks().insert(List.of(stock));
        ports.products().save(List.of(product));
        enter(stock.productId(), stock.total(), cause, now);
        LogEntry created = new LogEntry(
                now,
                cause,
                Action.PRODUCT_CREATED,
                product.id().value(),
                Difference.all(
                        Difference.between(null, product),
                        Difference.between(SaleRules.NONE, stock.rules()),
                        Difference.between(0, stock.total())));
        ports.operatorLog().add(created);
        return created;
    }

    /** Writes a product, its rules and its total. */
    void change(@Nullable Product before, Product after, Stock locked, Stock changed, Cause cause, Instant now) {
        ports.stocks().save(List.of(changed));
        enter(changed.productId(), changed.total() - locked.total(), cause, now);
        ports.stocks().saveRules(after.id(), changed.rules());
        ports.products().save(List.of(after));
        log(
                Action.PRODUCT_CHANGED,
                after.id(),
                Difference.all(
                        Difference.between(before, after),
                        Difference.between(locked.rules(), changed.rules()),
                        Difference.between(locked.total(), changed.total())),
                cause,
                now);
    }

    /** Writes another total. */
    void adjust(Stock locked, Stock adjusted, Cause cause, Instant now) {
        ports.stocks().save(List.of(adjusted));
        enter(adjusted.productId(), adjusted.total() - locked.total(), cause, now);
        log(
                Action.STOCK_ADJUSTED,
                adjusted.productId(),
                Difference.between(locked.total(), adjusted.total()),
                cause,
                now);
    }

    /** Writes other rules. */
    void rule(Action action, Stock locked, SaleRules rules, Cause cause, Instant now) {
        ports.stocks().saveRules(locked.productId(), rules);
        log(action, locked.productId(), Difference.between(locked.rules(), rules), cause, now);
    }

    private void enter(ProductId id, int pieces, Cause cause, Instant now) {
        if (pieces != 0) {
            ports.stocks().addToLedger(new TotalChange(id, pieces, now, cause));
        }
    }

    private void log(Action action, ProductId id, String change, Cause cause, Instant now) {
        if (!change.isEmpty()) {
            ports.operatorLog().add(new LogEntry(now, cause, action, id.value(), change));
        }
    }
}
