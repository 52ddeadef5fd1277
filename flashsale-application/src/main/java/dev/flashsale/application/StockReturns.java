package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
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

/** Ends what is over and counts the pieces that come back by it. Runs inside the caller's transaction. */
final class StockReturns {

    /** A buyer who finds too little waits for this many batches at most; the sweeper does the rest. */
    private static final int RECLAIM_BATCHES = 10;

    private final Ports ports;
    private final int batch;
    private final Reports reports;

    StockReturns(Ports ports, int batch) {
        this(ports, batch, Reports.NONE);
    }

    StockReturns(Ports ports, int batch, Reports reports) {
        this.ports = ports;
        this.batch = batch;
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
    Stock reclaim(Stock locked, long wanted, Set<HoldId> except) {
        Stock stock = locked;
        for (int i = 0; i < RECLAIM_BATCHES && stock.available() < wanted; i++) {
            int pieces = reclaimBatch(stock.productId(), wanted - stock.available(), except);
            if (pieces == 0) {
                break;
            }
            stock = stock.giveBack(pieces);
        }
        reports.reclaimed(stock.available() - locked.available());
        return stock;
    }

    /** Each hold and order has a piece at least, so as many as there are pieces missing are enough. */
    private int reclaimBatch(ProductId productId, long missing, Set<HoldId> except) {
        int pieces = endExpiredHolds(productId, (int) Math.min(batch, missing)).pieces();
        return pieces < missing
                ? pieces
                        + endOverdueOrders(productId, except, (int) Math.min(batch, missing - pieces))
                                .pieces()
                : pieces;
    }

    /** When the first of a product's held or unpaid pieces could return by themselves. */
    Optional<Instant> next(ProductId productId) {
        return Stream.of(ports.holds().nextExpiry(productId), ports.orders().nextDeadline(productId))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Locks the stocks of these items, as the last thing that a transaction locks, and gives the pieces back. */
    void giveBack(Collection<Item> items) {
        Map<ProductId, Integer> pieces = new TreeMap<>();
        items.forEach(item -> pieces.merge(item.productId(), item.quantity().value(), Integer::sum));
        Map<ProductId, Stock> stocks = ports.stocks().lock(pieces.keySet()).rows();
        List<Stock> after = new ArrayList<>();
        pieces.forEach(
                (id, returned) -> after.add(Objects.requireNonNull(stocks.get(id), () -> "no stock of product " + id)
                        .giveBack(returned)));
        ports.stocks().save(after);
    }

    /** Ends one batch; the caller gives the pieces back. */
    Ended endExpiredHolds(ProductId productId) {
        return endExpiredHolds(productId, batch);
    }

    /** Ends one batch; the caller gives the pieces back. */
    Ended endOverdueOrders(ProductId productId) {
        return endOverdueOrders(productId, Set.of(), batch);
    }

    private Ended endExpiredHolds(ProductId productId, int limit) {
        List<EndedHold> ended = ports.holds().lockExpired(productId, limit).stream()
                .map((ActiveHold hold) -> hold.end(HoldEnd.EXPIRED))
                .toList();
        ports.holds().end(ended);
        return new Ended(
                ended.size(),
                ended.stream().mapToInt(hold -> hold.quantity().value()).sum());
    }

    /** Excepted orders must not fill the batch and hide the others. */
    private Ended endOverdueOrders(ProductId productId, Set<HoldId> except, int limit) {
        List<Order> ended = ports.orders().lockOverdue(productId, limit + except.size()).stream()
                .filter(order -> !except.contains(order.holdId()))
                .limit(limit)
                .map(order -> order.with(OrderStatus.EXPIRED))
                .toList();
        ports.orders().save(ended);
        return new Ended(
                ended.size(),
                ended.stream().mapToInt(order -> order.quantity().value()).sum());
    }

    record Ended(int count, int pieces) {}
}
