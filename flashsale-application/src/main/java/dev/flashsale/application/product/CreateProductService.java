package dev.flashsale.application.product;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts new products on sale. They are numbered one after the other. */
public final class CreateProductService implements BatchedUseCase<CreateProductService.Wish, ProductView> {

    private final ProductBook book;

    public CreateProductService(ProductBook book) {
        this.book = book;
    }

    /** A product that is wished for; knows what an earlier run, which may have been committed, has entered in the log. */
    public static final class Wish {
        final NewProduct product;
        final Cause cause;
        private @Nullable LogEntry tried;

        public Wish(NewProduct product, Cause cause) {
            this.product = product;
            this.cause = cause;
        }
    }

    @Override
    public Kind kind() {
        return Kind.PRODUCT;
    }

    @Override
    public Object lane(Wish wish) {
        return Product.class;
    }

    @Override
    public boolean oneTransactionPerLane() {
        return true;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<ProductView> decided) {
        listener.products(batch, decided);
    }

    @Override
    public List<ProductView> decide(Transaction tx, Batch<Wish> batch) {
        return batch.requests().stream().map(wish -> create(tx, wish)).toList();
    }

    private ProductView create(Transaction tx, Wish wish) {
        // First of all, for it waits for an earlier run that may still be committing.
        ProductId id = tx.products().nextId();
        LogEntry before = wish.tried;
        return before != null && tx.operatorLog().has(before)
                ? ProductUseCases.read(tx, new ProductId(before.subject())).orElseThrow()
                : add(tx, wish, id);
    }

    private ProductView add(Transaction tx, Wish wish, ProductId id) {
        Instant now = tx.stocks().lock(Set.of(id)).now();
        Product product = wish.product.product(id);
        Stock stock = wish.product.stock(id);
        wish.tried = book.add(tx, product, stock, wish.cause, now);
        return new ProductView(product, stock, stock.rules().stateAt(now));
    }
}
