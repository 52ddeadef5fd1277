package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Busy;
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

    private ExpiryService(
            Transactions transactions,
            StockWrites writes,
            Function<Transaction, List<ProductId>> productsWithSomethingOver,
            BiFunction<Transaction, ProductId, Ended> endOneBatch,
            IntConsumer tell) {
        this.transactions = transactions;
        this.writes = writes;
        this.productsWithSomethingOver = productsWithSomethingOver;
        this.endOneBatch = endOneBatch;
        this.tell = tell;
    }

    static ExpiryService ofHolds(
            Transactions transactions, StockReturns returns, StockWrites writes, Notifications notifications) {
        return new ExpiryService(
                transactions,
                writes,
                tx -> tx.holdHousekeeping().productsWithExpired(PRODUCTS_PER_PASS),
                returns::endExpiredHolds,
                ended -> notifications.tell(listener -> listener.holdsExpired(ended)));
    }

    static ExpiryService ofOrders(
            Transactions transactions, StockReturns returns, StockWrites writes, Notifications notifications) {
        return new ExpiryService(
                transactions,
                writes,
                tx -> tx.orderHousekeeping().productsWithOverdue(PRODUCTS_PER_PASS),
                returns::endOverdueOrders,
                ended -> notifications.tell(listener -> listener.ordersExpired(ended)));
    }

    int expire() {
        return transactions.read(productsWithSomethingOver::apply).stream()
                .mapToInt(this::expireUnlessContended)
                .sum();
    }

    /** One product that is fought for must not keep the others from being swept; the next pass tries it again. */
    private int expireUnlessContended(ProductId productId) {
        try {
            int ended = transactions.runAlone(tx -> expire(tx, productId));
            if (ended > 0) {
                tell.accept(ended);
            }
            return ended;
        } catch (Busy contended) {
            return 0;
        }
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
