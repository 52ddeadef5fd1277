package dev.flashsale.application.housekeeping;

import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockReturns.Ended;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The sweeper: keeps tidy what buyers who find too little would reclaim themselves. Each product is swept in a transaction
 * of its own, whatever the caller has.
 */
final class ExpiryService {

    private static final int PRODUCTS_PER_PASS = 1000;

    private final Transactions transactions;
    private final StockWrites writes;
    private final Function<Transaction, List<ProductId>> productsWithSomethingOver;
    private final BiFunction<Transaction, ProductId, Ended> endOneBatch;
    private final IntConsumer tell;
    private final Failures failures;
    private final Work work;

    private ExpiryService(
            Transactions transactions,
            StockWrites writes,
            Failures failures,
            Work work,
            Function<Transaction, List<ProductId>> productsWithSomethingOver,
            BiFunction<Transaction, ProductId, Ended> endOneBatch,
            IntConsumer tell) {
        this.transactions = transactions;
        this.writes = writes;
        this.failures = failures;
        this.work = work;
        this.productsWithSomethingOver = productsWithSomethingOver;
        this.endOneBatch = endOneBatch;
        this.tell = tell;
    }

    static ExpiryService ofHolds(
            Transactions transactions,
            StockReturns returns,
            StockWrites writes,
            Notifications notifications,
            Failures failures) {
        return new ExpiryService(
                transactions,
                writes,
                failures,
                Work.EXPIRE_HOLDS,
                tx -> tx.holdHousekeeping().productsWithExpired(PRODUCTS_PER_PASS),
                returns::endExpiredHolds,
                ended -> notifications.tell(listener -> listener.holdsExpired(ended)));
    }

    static ExpiryService ofOrders(
            Transactions transactions,
            StockReturns returns,
            StockWrites writes,
            Notifications notifications,
            Failures failures) {
        return new ExpiryService(
                transactions,
                writes,
                failures,
                Work.EXPIRE_ORDERS,
                tx -> tx.orderHousekeeping().productsWithOverdue(PRODUCTS_PER_PASS),
                returns::endOverdueOrders,
                ended -> notifications.tell(listener -> listener.ordersExpired(ended)));
    }

    /** One product that is fought for, or contradicts itself, does not keep the others from being swept. */
    int expire() {
        return failures.sum(
                transactions.read(productsWithSomethingOver::apply), work, id -> "product " + id, this::expire);
    }

    private int expire(ProductId productId) {
        int ended = transactions.runAlone(tx -> expire(tx, productId));
        if (ended > 0) {
            tell.accept(ended);
        }
        return ended;
    }

    private int expire(Transaction tx, ProductId productId) {
        Ended ended = endOneBatch.apply(tx, productId);
        if (ended.count() > 0) {
            Stock stock = Objects.requireNonNull(
                    tx.stocks().lock(Set.of(productId)).rows().get(productId),
                    () -> "no stock of product " + productId);
            writes.save(tx, stock, stock.giveBack(ended.pieces()));
        }
        return ended.count();
    }
}
