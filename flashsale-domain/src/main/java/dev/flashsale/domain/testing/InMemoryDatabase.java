package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/**
 * A database that forgets everything: fakes of all repositories over one state, with a clock that moves when told.
 *
 * <p>Rows are immutable values, so that what a caller does not write is not stored. Every call holds this object's
 * monitor; whoever holds it over several calls has a transaction that nobody disturbs.
 */
public final class InMemoryDatabase {

    private Tables tables = new Tables();
    private Instant now = Instant.parse("2026-11-27T00:00:00.123456Z");
    private long lastOrderId;
    private long lastPaymentNumber;
    private final InMemoryHolds holds = new InMemoryHolds(this);
    private final InMemoryOrders orders = new InMemoryOrders(this);
    private final InMemoryPayments payments = new InMemoryPayments(this);
    private final Repositories repositories = new Repositories(
            new InMemoryProducts(this),
            new InMemoryStocks(this),
            holds,
            orders,
            payments,
            new Repositories.Lists(holds, orders, payments),
            new Repositories.Housekeeping(holds, orders, payments),
            new InMemoryOperatorLog(this),
            new InMemoryIdempotencyKeys(this),
            new InMemoryEvents(this),
            new InMemoryEndpoints(this));

    /** The state at some moment, to go back to. */
    public static final class Snapshot {
        private final Tables tables;

        private Snapshot(Tables tables) {
            this.tables = tables;
        }
    }

    public Repositories repositories() {
        return repositories;
    }

    public synchronized Instant now() {
        return now;
    }

    public synchronized void setNow(Instant instant) {
        now = instant.truncatedTo(ChronoUnit.MICROS);
    }

    public synchronized void advance(Duration duration) {
        setNow(now.plus(duration));
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(tables.copy());
    }

    /** Forgets what was written since; like a database's, the clock and the numbers of orders do not go back. */
    public synchronized void restore(Snapshot snapshot) {
        tables = snapshot.tables.copy();
    }

    /** Runs the work; what it throws forgets what it wrote and is thrown. */
    public synchronized <T> T inTransaction(Supplier<T> work) {
        Snapshot before = snapshot();
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            restore(before);
            throw e;
        }
    }

    public synchronized List<Stock> stocks() {
        return List.copyOf(tables.stocks.values());
    }

    public synchronized List<Hold> holds() {
        return tables.holds.values().stream().map(Hold::of).toList();
    }

    public synchronized List<HoldLine> holdLines() {
        return tables.holds.values().stream().flatMap(List::stream).toList();
    }

    /** The pieces of a product that came back of orders that keep others. */
    public synchronized int returnedPieces(ProductId id) {
        return tables.returnedPieces.values().stream()
                .flatMap(List::stream)
                .filter(item -> item.productId().equals(id))
                .mapToInt(item -> item.quantity().value())
                .sum();
    }

    public synchronized List<OrderLine> orderLines() {
        return tables.orders.values().stream().flatMap(List::stream).toList();
    }

    public synchronized List<Order> orders() {
        return tables.orders.values().stream().map(Order::of).toList();
    }

    /** The sum of a product's rows of the ledger of totals. */
    public synchronized int ledgerTotal(ProductId id) {
        return tables.ledger.stream()
                .filter(change -> change.productId().equals(id))
                .mapToInt(TotalChange::pieces)
                .sum();
    }

    /** In the order in which they were added. */
    public synchronized List<LogEntry> operatorLog() {
        return List.copyOf(tables.operatorLog);
    }

    /** In the order in which they came. */
    public synchronized List<ReceivedPayment> payments() {
        return List.copyOf(tables.payments.values());
    }

    record KeptKey(KeptOutcome outcome, Instant keptAt) {}

    Tables tables() {
        return tables;
    }

    long nextPaymentNumber() {
        return ++lastPaymentNumber;
    }

    long nextOrderId() {
        return ++lastOrderId;
    }
}
