package dev.flashsale.application.port;

import dev.flashsale.application.Busy;
import org.jspecify.annotations.Nullable;

/**
 * Secondary port: the door to the database. Work gets a {@link Transaction}, and with it everything that it may read and
 * write: nothing runs outside of one by accident.
 *
 * <p>Transactions of its own are new ones at READ COMMITTED, whatever the caller's thread has. Work that the database
 * rolled back or that may not have been committed is run again there, at most {@value #MAX_ATTEMPTS} times, or twice as
 * often where it ended in a deadlock.
 */
public interface Transactions {

    int MAX_ATTEMPTS = 3;

    /**
     * Runs the work in the caller's transaction where it has one that is joined, else in a new one that is committed
     * when this returns. In the caller's, what failed is undone, and it is the caller who commits or rolls back.
     *
     * @throws Busy if the database could not do it now: nothing was committed, or, as {@link Busy#mayBeDone()} says, the
     *     outcome is unknown and asking again under the same ids tells it
     * @throws dev.flashsale.application.NotSetUp if the database lacks a table, a right or a setting
     * @throws IllegalStateException if the caller's transaction is one in which this cannot be right; nothing was
     *     written, and the message says what to do
     */
    <T> T run(Work<T> work);

    /** Runs the work in a new transaction, whatever the caller has: for what is done for several callers, or for none. */
    <T> T runAlone(Work<T> work);

    /**
     * Reads what needs no transaction of its own: each statement sees what is committed when it begins. In a transaction
     * of the caller's it sees what that sees, with what it has not committed yet.
     */
    <T> T read(Work<T> reads);

    /** Reads all as of one moment, in a new transaction that sees what is committed. */
    <T> T snapshot(Work<T> reads);

    /**
     * Whether {@link #run} would take part in a transaction of the caller's.
     *
     * @throws IllegalStateException as {@link #run} does
     */
    boolean joins();

    /**
     * Which of several databases behind one door the caller's thread is directed to. What is asked for by callers of
     * different ones is never done in one transaction. Null where there is but one.
     */
    @Nullable
    Object tenant();

    /** Work that is safe to run twice. */
    @FunctionalInterface
    interface Work<T> {
        T run(Transaction transaction);
    }
}
