package dev.flashsale.application.testing;

import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.testing.DuplicateKey;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

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

    @Override
    public <T> T run(Work<T> work) {
        synchronized (database) {
            for (int number = 1; number <= MAX_ATTEMPTS; number++) {
                Attempt attempt = new Attempt(number);
                InMemoryDatabase.Snapshot before = database.snapshot();
                try {
                    T answer = database.inTransaction(() -> work.run(attempt));
                    switch (fates.isEmpty() ? Fate.COMMITTED : fates.remove()) {
                        case COMMITTED -> {
                            return answer;
                        }
                        case ROLLED_BACK -> database.restore(before);
                        case COMMITTED_UNHEARD -> {}
                    }
                } catch (DuplicateKey known) {
                    // The next attempt sees the row.
                }
            }
            throw new Busy("not committed in " + MAX_ATTEMPTS + " attempts", Duration.ofSeconds(1), null);
        }
    }

    @Override
    public boolean joined() {
        return false;
    }
}
