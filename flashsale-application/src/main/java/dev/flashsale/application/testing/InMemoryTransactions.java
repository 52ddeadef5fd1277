package dev.flashsale.application.testing;

import dev.flashsale.application.Busy;
import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.testing.DuplicateKey;
import dev.flashsale.domain.testing.InMemoryDatabase;
import dev.flashsale.domain.webhook.EndpointRepository;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of an {@link InMemoryDatabase}, one after the other, that fail when told.
 *
 * <p>As on a database, work that throws is rolled back and work that meets a duplicate key is run again.
 */
public final class InMemoryTransactions implements Transactions {

    /** What happens to a transaction whose work is done. */
    public enum Fate {
        COMMITTED,
        /** The database rolls it back, and the work is run again. */
        ROLLED_BACK,
        /** It is committed, but nobody is told, and the work is run again. */
        COMMITTED_UNHEARD
    }

    private final InMemoryDatabase database;
    private final Queue<Fate> fates = new ArrayDeque<>();
    private volatile boolean busy;

    public InMemoryTransactions(InMemoryDatabase database) {
        this.database = database;
    }

    /** What happens to the next transactions, whatever was told before; those after them are committed. */
    public void meet(Fate... next) {
        synchronized (database) {
            fates.clear();
            fates.addAll(List.of(next));
        }
    }

    /** The one by which these transactions go. */
    public MovableClock clock() {
        return new MovableClock(database);
    }

    /** Refuses everything from now on, or no more. */
    public void busy(boolean refusing) {
        busy = refusing;
    }

    @Override
    public <T> T run(Work<T> work) {
        return runAlone(work);
    }

    @Override
    public <T> T runAlone(Work<T> work) {
        refuseIfBusy();
        synchronized (database) {
            for (int number = 1; number <= MAX_ATTEMPTS; number++) {
                InMemoryTransaction transaction = new InMemoryTransaction(number > 1);
                InMemoryDatabase.Snapshot before = database.snapshot();
                try {
                    T answer = database.inTransaction(() -> work.run(transaction));
                    switch (fates.isEmpty() ? Fate.COMMITTED : fates.remove()) {
                        case COMMITTED -> {
                            transaction.committed();
                            return answer;
                        }
                        case ROLLED_BACK -> database.restore(before);
                        case COMMITTED_UNHEARD -> transaction.unknown();
                    }
                } catch (DuplicateKey known) {
                    // The next attempt sees the row.
                }
            }
            throw new Busy("not committed in " + MAX_ATTEMPTS + " attempts", Duration.ofSeconds(1), null);
        }
    }

    @Override
    public <T> T read(Work<T> reads) {
        refuseIfBusy();
        synchronized (database) {
            return reads.run(new InMemoryTransaction(false));
        }
    }

    private void refuseIfBusy() {
        if (busy) {
            throw new Busy("told to refuse", Duration.ofSeconds(1), null);
        }
    }

    @Override
    public <T> T snapshot(Work<T> reads) {
        return read(reads);
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public @Nullable Object tenant() {
        return null;
    }

    private final class InMemoryTransaction implements Transaction {

        private final boolean mayRepeat;
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Runnable> afterEnd = new ArrayList<>();

        InMemoryTransaction(boolean mayRepeat) {
            this.mayRepeat = mayRepeat;
        }

        void committed() {
            afterCommit.forEach(Runnable::run);
            unknown();
        }

        void unknown() {
            afterEnd.forEach(Runnable::run);
        }

        @Override
        public ProductRepository products() {
            return database.repositories().products();
        }

        @Override
        public StockRepository stocks() {
            return database.repositories().stocks();
        }

        @Override
        public HoldRepository holds() {
            return database.repositories().holds();
        }

        @Override
        public OrderRepository orders() {
            return database.repositories().orders();
        }

        @Override
        public PaymentRepository payments() {
            return database.repositories().payments();
        }

        @Override
        public AuditRepository audits() {
            return new InMemoryAudit(database);
        }

        @Override
        public OperatorLog operatorLog() {
            return database.repositories().operatorLog();
        }

        @Override
        public IdempotencyKeyRepository idempotencyKeys() {
            return database.repositories().idempotencyKeys();
        }

        @Override
        public EventRepository events() {
            return database.repositories().events();
        }

        @Override
        public EndpointRepository endpoints() {
            return database.repositories().endpoints();
        }

        @Override
        public HoldLists holdLists() {
            return database.repositories().lists().holds();
        }

        @Override
        public OrderLists orderLists() {
            return database.repositories().lists().orders();
        }

        @Override
        public PaymentLists paymentLists() {
            return database.repositories().lists().payments();
        }

        @Override
        public HoldHousekeeping holdHousekeeping() {
            return database.repositories().housekeeping().holds();
        }

        @Override
        public OrderHousekeeping orderHousekeeping() {
            return database.repositories().housekeeping().orders();
        }

        @Override
        public PaymentHousekeeping paymentHousekeeping() {
            return database.repositories().housekeeping().payments();
        }

        @Override
        public boolean mayRepeat() {
            return mayRepeat;
        }

        @Override
        public void seeEverything() {}

        @Override
        public void afterCommit(Runnable action) {
            afterCommit.add(action);
        }

        @Override
        public void afterEnd(Runnable action) {
            afterEnd.add(action);
        }
    }
}
