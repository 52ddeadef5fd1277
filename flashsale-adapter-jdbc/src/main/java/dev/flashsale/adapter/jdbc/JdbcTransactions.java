package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.CallersTransactions.Found;
import dev.flashsale.application.Busy;
import dev.flashsale.application.port.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on one DataSource. Its own have a connection of their own, which no thread is bound to: nobody else takes
 * part in them, and they take part in nobody else's.
 */
final class JdbcTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);
    private static final int MAX_BACKOFF_MILLIS = 10;

    /**
     * Of what ends in a deadlock. A batch locks many stocks before it changes anything, so where callers' transactions lock
     * some of them in another order it is the batch that is rolled back, time and again; that costs little.
     */
    private static final int MAX_ATTEMPTS_IN_DEADLOCK = 2 * MAX_ATTEMPTS;

    /** Of one piece of work: whoever interrupts a thread more often means to stop it. */
    private static final int MAX_INTERRUPTS = 1000;

    private final DataSource dataSource;
    private final CallersTransactions callers;
    private final Supplier<? extends @Nullable Object> tenants;
    private final Cluster.Membership membership = new Cluster.Membership();
    private final EnlistedConnections enlisted = new EnlistedConnections();

    JdbcTransactions(DataSource dataSource, CallersTransactions callers, Supplier<? extends @Nullable Object> tenants) {
        this.dataSource = dataSource;
        this.callers = callers;
        this.tenants = tenants;
    }

    @Override
    public <T> T run(Work<T> work) {
        return switch (callers.find()) {
            case null -> runAlone(work);
            case JoinedTransaction joined -> joined.run(work);
            case Found.Refused refused -> throw new IllegalStateException(refused.why());
        };
    }

    @Override
    public <T> T runAlone(Work<T> work) {
        return retrying(before -> commit(work, before, Connection.TRANSACTION_READ_COMMITTED, false));
    }

    /** The first statement of a REPEATABLE READ transaction makes the snapshot that the others see, too. */
    @Override
    public <T> T snapshot(Work<T> reads) {
        return retrying(before -> commit(reads, before, Connection.TRANSACTION_REPEATABLE_READ, true));
    }

    /** A caller whose transaction cannot be joined may read all the same: what is committed. */
    @Override
    public <T> T read(Work<T> reads) {
        return callers.find() instanceof JoinedTransaction joined
                ? joined.read(reads)
                : retrying(before -> readAlone(reads, before));
    }

    @Override
    public boolean joins() {
        return callers.find() != null;
    }

    @Override
    public @Nullable Object tenant() {
        return tenants.get();
    }

    /** What earlier attempts may have left. */
    private static final class Before {
        private boolean mayRepeat;
        private boolean mayBeDone;
        private Cluster seeEverythingOf = Cluster.NONE;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run(Before before) throws SQLException;
    }

    private static <T> T retrying(Attempt<T> attempt) {
        Before before = new Before();
        int interrupts = 0;
        boolean interrupted = false;
        try {
            for (int number = 1; ; number++) {
                try {
                    return attempt.run(before);
                } catch (Cluster.LookAgain notSeen) {
                    before.seeEverythingOf = notSeen.cluster();
                    number--;
                } catch (SQLException | RuntimeException failed) {
                    before.mayRepeat = true;
                    // An interrupt fails whoever waits for a connection and, on a virtual thread, the statement under
                    // way. It is this thread's alone, and the work may be that of many.
                    if (JdbcErrors.isOfDatabase(failed) && (Thread.interrupted() || JdbcErrors.isOfInterrupt(failed))) {
                        interrupted = true;
                        if (++interrupts <= MAX_INTERRUPTS) {
                            number--;
                            continue;
                        }
                    }
                    Fault fault = JdbcErrors.classify(failed);
                    // A key that is still there in the last attempt is a defect: others must not be told to come back
                    // for it.
                    boolean last = number >= (fault == Fault.ROLLED_BACK ? MAX_ATTEMPTS_IN_DEADLOCK : MAX_ATTEMPTS);
                    if (last || !fault.isWorthAnotherAttempt()) {
                        throw fault.passes() || (fault == Fault.SETUP && before.mayBeDone)
                                ? JdbcErrors.busy(Busy.Repeat.REQUEST, before.mayBeDone, failed)
                                : JdbcErrors.translated(failed);
                    }
                    LOG.debug("attempt {} ended in {}, trying again", number, fault, failed);
                    interrupted |= backOff(number);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T commit(Work<T> work, Before before, int isolation, boolean readOnly) throws SQLException {
        Connection connection = connection();
        Hooks hooks = new Hooks();
        T answer;
        try (OwnTransaction own = OwnTransaction.begin(connection, isolation, readOnly);
                Cluster.Session session = before.seeEverythingOf.seeingEverything(connection)) {
            try {
                answer = work.run(transaction(session.connection(), before, hooks));
                commit(own, before, hooks);
            } catch (SQLException | RuntimeException | Error failed) {
                OwnTransaction.cutIfUnfit(connection, failed);
                throw failed;
            }
        }
        hooks.committed();
        return answer;
    }

    private Connection connection() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            enlisted.refuse(connection);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            try (connection) {
                OwnTransaction.cutIfUnfit(connection, failed);
                throw failed;
            }
        }
    }

    private JdbcTransaction transaction(Connection connection, Before before, Hooks hooks) {
        return new JdbcTransaction(new Sql(connection, false, before.mayRepeat, 0), hooks, () -> {
            if (before.seeEverythingOf == Cluster.NONE) {
                Cluster cluster = membership.of(connection);
                if (cluster != Cluster.NONE) {
                    throw new Cluster.LookAgain(cluster);
                }
            }
        });
    }

    /**
     * A connection lost in here leaves the outcome unknown. The next run of the work begins by looking its ids up with a
     * locking read, which waits for a commit that is still under way.
     */
    private static void commit(OwnTransaction own, Before before, Hooks hooks) throws SQLException {
        try {
            own.commit();
        } catch (SQLException | RuntimeException | Error failed) {
            before.mayBeDone |= !JdbcErrors.undone(failed);
            hooks.unknown();
            throw failed;
        }
    }

    /** Each statement is a transaction of its own, or, where the pool has it so, all are one that ends here. */
    private <T> T readAlone(Work<T> reads, Before before) throws SQLException {
        try (Reading reading = new Reading(connection());
                Cluster.Session session = before.seeEverythingOf.seeingEverything(reading.connection())) {
            try {
                return reads.run(transaction(session.connection(), before, new Hooks()));
            } catch (RuntimeException | Error failed) {
                OwnTransaction.cutIfUnfit(reading.connection(), failed);
                throw failed;
            }
        }
    }

    private record Reading(Connection connection) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (connection) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    /** Says whether the thread was interrupted meanwhile. */
    private static boolean backOff(int number) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, MAX_BACKOFF_MILLIS * number + 1));
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
