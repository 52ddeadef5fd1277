package dev.flashsale.application;

import dev.flashsale.application.StockReturns.Ended;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The sweeper: keeps tidy what buyers who find too little would reclaim themselves. */
final class ExpiryService implements ExpireHolds, ExpireOrders {

    private static final int PRODUCTS_PER_PASS = 1000;

    private final Ports ports;
    private final Function<Integer, List<ProductId>> productsWithSomethingOver;
    private final Function<ProductId, Ended> endOneBatch;
    private final IntConsumer tell;

    private ExpiryService(
            Ports ports,
            Function<Integer, List<ProductId>> productsWithSomethingOver,
            Function<ProductId, Ended> endOneBatch,
            IntConsumer tell) {
        this.ports = ports;
        this.productsWithSomethingOver = productsWithSomethingOver;
        this.endOneBatch = endOneBatch;
        this.tell = tell;
    }

    static ExpireHolds ofHolds(Ports ports, StockReturns returns, Reports reports) {
        return new ExpiryService(
                ports,
                ports.holds()::productsWithExpired,
                returns::endExpiredHolds,
                ended -> reports.tell(listener -> listener.holdsExpired(ended)));
    }

    static ExpireOrders ofOrders(Ports ports, StockReturns returns, Reports reports) {
        return new ExpiryService(
                ports,
                ports.orders()::productsWithOverdue,
                returns::endOverdueOrders,
                ended -> reports.tell(listener -> listener.ordersExpired(ended)));
    }

    @Override
    public int expire() {
        return productsWithSomethingOver.apply(PRODUCTS_PER_PASS).stream()
                .mapToInt(this::expireUnlessContended)
                .sum();
    }

    /** One product that is fought for must not keep the others from being swept; the next pass tries it again. */
    private int expireUnlessContended(ProductId productId) {
        try {
            int ended = ports.transactions().run(attempt -> expire(productId));
            if (ended > 0 && !ports.transactions().joined()) {
                tell.accept(ended);
            }
            return ended;
        } catch (Busy contended) {
            return 0;
        }
    }

    private int expire(ProductId productId) {
        Ended ended = endOneBatch.apply(productId);
        if (ended.count() > 0) {
            Stock stock = Objects.requireNonNull(
                    ports.stocks().lock(Set.of(productId)).rows().get(productId),
                    () -> "no stock of product " + productId);
            ports.stocks().save(List.of(stock.giveBack(ended.pieces())));
        }
        return ended.count();
    }
}
