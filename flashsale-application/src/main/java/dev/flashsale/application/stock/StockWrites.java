package dev.flashsale.application.stock;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that writes stocks, their rules and products, so that whoever remembers them learns of each change once it
 * may be committed. What does not change is not written.
 */
public final class StockWrites {

    /** Nobody remembers anything. */
    public static final StockWrites UNWATCHED = new StockWrites(() -> id -> {});

    private final Supplier<Consumer<ProductId>> whoRemembers;

    /**
     * Writes, and has it told.
     *
     * @param whoRemembers for the thread that writes: is told once a change may be committed
     */
    public StockWrites(Supplier<Consumer<ProductId>> whoRemembers) {
        this.whoRemembers = whoRemembers;
    }

    public void save(Transaction tx, Stock before, Stock after) {
        save(tx, Map.of(before.productId(), before), List.of(after));
    }

    /**
     * Writes those that changed.
     *
     * @param before as they were locked
     */
    public void save(Transaction tx, Map<ProductId, Stock> before, Collection<Stock> after) {
        List<Stock> different = after.stream()
                .filter(stock -> !sameNumbers(stock, before.get(stock.productId())))
                .toList();
        if (!different.isEmpty()) {
            tx.stocks().save(different);
            different.forEach(stock -> tellOf(tx, stock.productId()));
        }
    }

    private static boolean sameNumbers(Stock after, @Nullable Stock before) {
        return before != null && before.total() == after.total() && before.available() == after.available();
    }

    public void insert(Transaction tx, Stock stock) {
        tx.stocks().insert(List.of(stock));
        tellOf(tx, stock.productId());
    }

    public void saveRules(Transaction tx, Stock before, SaleRules rules) {
        if (!before.rules().equals(rules)) {
            tx.stocks().saveRules(before.productId(), rules);
            tellOf(tx, before.productId());
        }
    }

    public void save(Transaction tx, @Nullable Product before, Product after) {
        if (!after.equals(before)) {
            tx.products().save(List.of(after));
            tellOf(tx, after.id());
        }
    }

    private void tellOf(Transaction tx, ProductId id) {
        Consumer<ProductId> remembers = whoRemembers.get();
        tx.afterEnd(() -> remembers.accept(id));
    }
}
