package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Ends what is over and counts the pieces that come back by it. */
final class StockReturns {

    /** A buyer who finds too little waits for this many batches at most; the sweeper does the rest. */
    private static final int RECLAIM_BATCHES = 10;

    private final int batch;
    private final StockWrites writes;
    private final Reports reports;

    StockReturns(int batch, StockWrites writes, Reports reports) {
        this.batch = batch;
        this.writes = writes;
        this.reports = reports;
    }

    /**
     * A locked stock, with expired holds and overdue orders of its product ended and given back as long as it has less
     * than is wanted. Passes over rows that others have locked, so it never waits with the stock row in hand, and ends
     * no more than it takes, for everybody waits for that row meanwhile. The caller saves the stock.
     *
     * @param wanted pieces that somebody asks for
     * @param except holds whose orders the caller has locked itself and is about to change
     */
    Stock reclaim(Transaction tx, Stock locked, long wanted, Set<HoldId> except) {
        Stock stock = locked;
        for (int i = 0; i < RECLAIM_BATCHES && stock.available() < wanted; i++) {
            int pieces = reclaimBatch(tx, stock.productId(), wanted - stock.available(), except);
            if (pieces == 0) {
                break;
            }
            stock = stock.giveBack(pieces);
        }
        int reclaimed = stock.available() - locked.available();
        if (reclaimed > 0) {
            tx.afterCommit(() -> reports.tell(listener -> listener.reclaimed(reclaimed)));
        }
        return stock;
    }

    /** Each hold and order has a piece at least, so as many as there are pieces missing are enough. */
    private int reclaimBatch(Transaction tx, ProductId productId, long missing, Set<HoldId> except) {
        int pieces =
                endExpiredHolds(tx, productId, (int) Math.min(batch, missing)).pieces();
        return pieces < missing
                ? pieces
                        + endOverdueOrders(tx, productId, except, (int) Math.min(batch, missing - pieces))
                                .pieces()
                : pieces;
    }

    /** When the first of a product's held or unpaid pieces could return by themselves. */
    Optional<Instant> next(Transaction tx, ProductId productId) {
        return Stream.of(tx.holds().nextExpiry(productId), tx.orders().nextDeadline(productId))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Locks the stocks of these items, as the last thing that a transaction locks, and gives the pieces back. */
    void giveBack(Transaction tx, Collection<Item> items) {
        Map<ProductId, Integer> pieces = new TreeMap<>();
        items.forEach(item -> pieces.merge(item.productId(), item.quantity().value(), Integer::sum));
        Map<ProductId, Stock> stocks = tx.stocks().lock(pieces.keySet()).rows();
        List<Stock> after = new ArrayList<>();
        pieces.forEach(
                (id, returned) -> after.add(Objects.requireNonNull(stocks.get(id), () -> "no stock of product " + id)
                        .giveBack(returned)));
        writes.save(tx, stocks, after);
    }

    /** Ends one batch; the caller gives the pieces back. */
    Ended endExpiredHolds(Transaction tx, ProductId productId) {
        return endExpiredHolds(tx, productId, batch);
    }

    /** Ends one batch; the caller gives the pieces back. */
    Ended endOverdueOrders(Transaction tx, ProductId productId) {
        return endOverdueOrders(tx, productId, Set.of(), batch);
    }

    private static Ended endExpiredHolds(Transaction tx, ProductId productId, int limit) {
        List<EndedHold> ended = tx.holds().lockExpired(productId, limit).stream()
                .map((ActiveHold hold) -> hold.end(HoldEnd.EXPIRED))
                .toList();
        tx.holds().end(ended);
        return new Ended(
                ended.size(),
                ended.stream().mapToInt(hold -> hold.quantity().value()).sum());
    }

    /** Excepted orders must not fill the batch and hide the others. */
    private static Ended endOverdueOrders(Transaction tx, ProductId productId, Set<HoldId> except, int limit) {
        List<Order> ended = tx.orders().lockOverdue(productId, limit + except.size()).stream()
                .filter(order -> !except.contains(order.holdId()))
                .limit(limit)
                .map(order -> order.with(OrderStatus.EXPIRED))
                .toList();
        tx.orders().save(ended);
        return new Ended(
                ended.size(),
                ended.stream().mapToInt(order -> order.quantity().value()).sum());
    }

    record Ended(int count, int pieces) {}
}
