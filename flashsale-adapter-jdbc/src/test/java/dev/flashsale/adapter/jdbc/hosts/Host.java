package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Flashsale;
import java.util.List;
import java.util.UUID;

/** A program that embeds the library, as the load sees it. */
public interface Host extends AutoCloseable {

    /** What it is made of, with versions. */
    String name();

    /** What begins and ends its transactions. */
    String manager();

    /**
     * Whether what the library does in a transaction of this host is part of it. Else it is committed when the call
     * returns, whatever becomes of the transaction.
     */
    default boolean joins() {
        return true;
    }

    Flashsale flashsale();

    /** Runs this in one transaction of the host's own and commits; or rolls back and throws what the work throws. */
    void inTransaction(Work work) throws Exception;

    /** Where the table {@code booking} is, if not beside the library's own. */
    default HostDatabase bookingsIn(HostDatabase database) {
        return database;
    }

    /** What transactions have left behind on this thread, of which there should be nothing. */
    default List<String> leftOnThread() {
        return List.of();
    }

    Pools pools();

    @Override
    void close();

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {
        void in(Bookings bookings);
    }

    /** The host's own rows, in the transaction that is under way. */
    interface Bookings {

        void add(UUID holdId, String note);

        /** How many there are for the hold, read without a lock. */
        int count(UUID holdId);

        /** The transaction's, as the database names it. */
        String isolation();
    }
}
