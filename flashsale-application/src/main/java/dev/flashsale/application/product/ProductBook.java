package dev.flashsale.application.product;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is changed by hand about products and their totals, and with each change who made it and why. The one
 * place that writes totals, so that the ledger adds up to them. The caller has the stock row locked, or makes it; what
 * does not change is not written.
 */
public final class ProductBook {

    private final StockWrites writes;

    public ProductBook(StockWrites writes) {
        this.writes = writes;
    }

    /** Puts a new product on sale; answers what the log has of it. */
    LogEntry add(Transaction tx, Product product, Stock stock, Cause cause, Instant now) {
        writes.insert(tx, stock);
        writes.save(tx, null, product);
        enter(tx, stock.productId(), stock.total(), cause, now);
        LogEntry created = new LogEntry(
                now,
                cause,
                Action.PRODUCT_CREATED,
                product.id().value(),
                Difference.all(
                        Difference.between(null, product),
                        Difference.between(SaleRules.NONE, stock.rules()),
                        Difference.between(0, stock.total())));
        tx.operatorLog().add(created);
        return created;
    }

    /** Writes a product, its rules and its total. */
    public void change(
            Transaction tx,
            @Nullable Product before,
            Product after,
            Stock locked,
            Stock changed,
            Cause cause,
            Instant now) {
        writes.save(tx, locked, changed);
        enter(tx, changed.productId(), changed.total() - locked.total(), cause, now);
        writes.saveRules(tx, locked, changed.rules());
        writes.save(tx, before, after);
        log(
                tx,
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
    public void adjust(Transaction tx, Stock locked, Stock adjusted, Cause cause, Instant now) {
        writes.save(tx, locked, adjusted);
        enter(tx, adjusted.productId(), adjusted.total() - locked.total(), cause, now);
        log(
                tx,
                Action.STOCK_ADJUSTED,
                adjusted.productId(),
                Difference.between(locked.total(), adjusted.total()),
                cause,
                now);
    }

    /** Writes other rules. */
    public void rule(Transaction tx, Action action, Stock locked, SaleRules rules, Cause cause, Instant now) {
        writes.saveRules(tx, locked, rules);
        log(tx, action, locked.productId(), Difference.between(locked.rules(), rules), cause, now);
    }

    private static void enter(Transaction tx, ProductId id, int pieces, Cause cause, Instant now) {
        if (pieces != 0) {
            tx.stocks().addToLedger(new TotalChange(id, pieces, now, cause));
        }
    }

    private static void log(Transaction tx, Action action, ProductId id, String change, Cause cause, Instant now) {
        if (!change.isEmpty()) {
            tx.operatorLog().add(new LogEntry(now, cause, action, id.value(), change));
        }
    }
}
