package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.application.testing.MovableClock;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.time.Instant;

/**
 * A {@link Flashsale} that forgets everything, for tests and demos: all use cases, on a database in memory whose clock moves
 * when it is told to. Made by {@link Flashsale#inMemory()}.
 *
 * <p>May be called by many threads: their transactions come one after the other, so that nothing is oversold and everything
 * adds up. What a database promises beyond that it does not: no transaction of the caller's is joined or rolled back,
 * nobody waits for a lock, nothing is durable, and it gets slower with what is in it. Its size is a test's: some thousand rows.
 *
 * <p>Nothing is answered from memory, and nothing runs on a thread of its own: time passes by {@link #clock()} alone.
 */
public final class InMemoryFlashsale extends Flashsale {

    private final InMemoryDatabase database;
    private final InMemoryTransactions transactions;
    private final MovableClock clock;
    private final InMemoryDatabase.Snapshot nothing;
    private final Instant beginning;

    private InMemoryFlashsale(
            InMemoryDatabase database,
            InMemoryTransactions transactions,
            Settings settings,
            SaleListener listener,
            EventListener events) {
        super(transactions, settings.withoutMemory(), listener, events, SaleObserver.NONE);
        this.database = database;
        this.transactions = transactions;
        clock = transactions.clock();
        nothing = database.snapshot();
        beginning = clock.instant();
    }

    static InMemoryFlashsale with(Settings settings, SaleListener listener, EventListener events) {
        InMemoryDatabase database = new InMemoryDatabase();
        return new InMemoryFlashsale(database, new InMemoryTransactions(database), settings, listener, events);
    }

    /** The clock that decides: it stands still until it is moved. */
    public MovableClock clock() {
        return clock;
    }

    /**
     * Has every call refused with {@link Busy} from now on, or no more: what a caller meets where the database cannot do it now.
     * Nothing of what is refused is done.
     */
    public void busy(boolean refusing) {
        transactions.busy(refusing);
    }

    /** As it was when it was made: nothing is on sale, the clock stands at the beginning. The numbers of orders go on. */
    public void forgetEverything() {
        transactions.busy(false);
        database.restore(nothing);
        clock.set(beginning);
    }
}
