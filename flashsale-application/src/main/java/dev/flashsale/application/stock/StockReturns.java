package dev.flashsale.application.stock;

import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.order.OrderLine;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** Ends what is over and counts the pieces that come back by it. */
public final class StockReturns {

    /** A buyer who finds too little waits for this many batches at most; the sweeper does the rest. */
    private static final int RECLAIM_BATCHES = 10;

    private final int batch;
    private final StockWrites writes;
    private final Notifications notifications;
    private final Failures failures;

    public StockReturns(int batch, StockWrites writes, Notifications notifications, Failures failures) {
        this.batch = batch;
        this.writes = writes;
        this.notifications = notifications;
        this.failures = failures;
    }

    /**
     * A locked stock, with expired holds and overdue orders of its product ended and given back as long as it has less
     * than is wanted. Passes over rows that others have locked, so it never waits with the stock row in hand, and ends
     * no more than it takes, for everybody waits for that row meanwhile. The caller saves the stock.
     *
     * <p>Where more is over than the stock says is taken, nothing is ended and it is sold by what the stock says.
     *
     * @param wanted pieces that somebody asks for
     * @param except holds that the caller has locked itself and is about to change, or whose orders it is
     */
    public Stock reclaim(Transaction tx, Stock locked, long wanted, Set<HoldId> except) {
        Stock stock = locked;
        for (int i = 0; i < RECLAIM_BATCHES && stock.available() < wanted; i++) {
            Stock before = stock;
            stock = reclaimBatch(tx, before, wanted, except);
            if (stock.equals(before)) {
                break;
            }
        }
        int reclaimed = stock.available() - locked.available();
        if (reclaimed > 0) {
            tx.afterCommit(() -> notifications.tell(listener -> listener.reclaimed(reclaimed)));
        }
        return stock;
    }

    /** Each hold and order has a piece at least, so as many as there are pieces missing are enough. */
    private Stock reclaimBatch(Transaction tx, Stock locked, long wanted, Set<HoldId> except) {
        List<HoldLine> expired = expired(tx, locked.productId(), except, upTo(wanted - locked.available()));
        Stock stock = locked;
        if (canReturn(tx, stock, pieces(expired, HoldLine::item))) {
            tx.holds().expire(expired);
            stock = stock.giveBack(pieces(expired, HoldLine::item));
        }
        if (stock.available() < wanted) {
            List<OrderLine> overdue = overdue(tx, stock.productId(), except, upTo(wanted - stock.available()));
            if (canReturn(tx, stock, pieces(overdue, OrderLine::item))) {
                tx.orders().expire(overdue);
                stock = stock.giveBack(pieces(overdue, OrderLine::item));
            }
        }
        return stock;
    }

    private int upTo(long missing) {
        return (int) Math.min(batch, missing);
    }

    private boolean canReturn(Transaction tx, Stock stock, int pieces) {
        if (pieces <= stock.taken()) {
            return true;
        }
        tx.afterEnd(() -> failures.report(
                Work.RECLAIM,
                "product " + stock.productId(),
                new IllegalStateException(pieces + " pieces are over, and only " + stock.taken() + " are taken")));
        return false;
    }

    /** When the first of a product's held or unpaid pieces could return by themselves. */
    public Optional<Instant> next(Transaction tx, ProductId productId) {
        return Stream.of(tx.holds().nextExpiry(productId), tx.orders().nextDeadline(productId))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Locks the stocks of these items, as the last thing that a transaction locks, and gives the pieces back. */
    public void giveBack(Transaction tx, Collection<Item> items) {
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
    public Ended endExpiredHolds(Transaction tx, ProductId productId) {
        List<HoldLine> expired = tx.holds().lockExpired(productId, batch);
        tx.holds().expire(expired);
        return new Ended(expired.size(), pieces(expired, HoldLine::item));
    }

    /** Ends one batch; the caller gives the pieces back. */
    public Ended endOverdueOrders(Transaction tx, ProductId productId) {
        List<OrderLine> overdue = overdue(tx, productId, Set.of(), batch);
        tx.orders().expire(overdue);
        return new Ended(overdue.size(), pieces(overdue, OrderLine::item));
    }

    /** As {@link #overdue}. */
    private static List<HoldLine> expired(Transaction tx, ProductId productId, Set<HoldId> except, int limit) {
        return tx.holds().lockExpired(productId, limit + except.size()).stream()
                .filter(line -> !except.contains(line.holdId()))
                .limit(limit)
                .toList();
    }

    /** Excepted orders must not fill the batch and hide the others. */
    private static List<OrderLine> overdue(Transaction tx, ProductId productId, Set<HoldId> except, int limit) {
        return tx.orders().lockOverdue(productId, limit + except.size()).stream()
                .filter(line -> !except.contains(line.holdId()))
                .limit(limit)
                .toList();
    }

    private static <L> int pieces(List<L> lines, Function<L, Item> item) {
        return lines.stream()
                .mapToInt(line -> item.apply(line).quantity().value())
                .sum();
    }

    public record Ended(int count, int pieces) {}
}
