package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.JdbcErrors.Fault;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Finds the transaction that the calling thread has on this database, and is the one place that decides what that means:
 * whether it is joined, what can be read in it, what happens after it, and what becomes of work that fails in it.
 *
 * <p>What counts is a connection that a transaction manager has bound to the thread for its transaction. Connections that
 * are bound for another reason, such as by a read beside a transaction of another database, do not count, nor does a
 * transaction that has been committed already.
 */
final class CallersTransactions {

    private static final String SAVEPOINT = "flashsale";

    private static final String AFTER_COMMIT_UNKNOWN =
            "this may be called after the commit of the transaction that is still bound to this thread, and would then be"
                    + " lost: give JdbcPorts the transaction manager, JdbcPorts.on(dataSource, transactionManager), and it is"
                    + " done in a transaction of its own";
    private static final String NO_SYNCHRONIZATION =
            "the transaction manager of this thread's transaction does not say when it commits"
                    + " (SYNCHRONIZATION_NEVER): set its transactionSynchronization to SYNCHRONIZATION_ALWAYS, or build"
                    + " JdbcPorts with callersTransaction(OWN)";
    private static final String THROUGH_ROUTING =
            "this thread's transaction is on one side of a routing DataSource and Flashsale on the other: build JdbcPorts on"
                    + " the DataSource that the transaction manager has";
    private static final String NO_CONNECTION =
            "the transaction manager that JdbcPorts was given has begun a transaction without binding a connection of this"
                    + " DataSource: give both the same DataSource (a JpaTransactionManager needs setDataSource), or build"
                    + " JdbcPorts with callersTransaction(OWN)";

    private final RelatedDataSources related;
    private final boolean join;

    /** Under it, a transaction that is known is bound to the thread. */
    private final Object key = new Object();

    CallersTransactions(DataSource ours, @Nullable PlatformTransactionManager manager, boolean join) {
        this.related = new RelatedDataSources(ours);
        this.join = join;
        if (join && manager instanceof ConfigurableTransactionManager tellsOfItsTransactions) {
            tellsOfItsTransactions.addListener(new TransactionExecutionListener() {
                @Override
                public void afterBegin(TransactionExecution transaction, @Nullable Throwable failed) {
                    // A nested one is a savepoint in one that is known.
                    if (failed == null
                            && TransactionSynchronizationManager.isSynchronizationActive()
                            && !TransactionSynchronizationManager.hasResource(key)) {
                        know(holder(RelatedDataSources.Relation.SAME));
                    }
                }
            });
        }
    }

    /** What was found: a transaction to join, or one that can neither be joined nor be passed over. */
    sealed interface Found {

        /**
         * Right is only not to begin.
         *
         * @param why says what to do
         */
        record Refused(String why) implements Found {}
    }

    /** Null if there is none to join, so that what is asked for is done in a transaction of its own. */
    @Nullable
    Found find() {
        if (!join || TransactionSynchronizationManager.getResourceMap().isEmpty()) {
            return null;
        }
        if (TransactionSynchronizationManager.getResource(key) instanceof Joined known) {
            if (known.over) {
                return null;
            }
            return known.bound == null ? new Found.Refused(NO_CONNECTION) : known;
        }
        Bound bound = holder(RelatedDataSources.Relation.SAME);
        if (bound == null) {
            return holder(RelatedDataSources.Relation.THROUGH_ROUTING) == null
                    ? null
                    : new Found.Refused(THROUGH_ROUTING);
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            // After the completion, the flag is still there and the synchronization is not.
            return TransactionSynchronizationManager.isActualTransactionActive()
                    ? null
                    : new Found.Refused(NO_SYNCHRONIZATION);
        }
        return isCalledAfterCommit() ? new Found.Refused(AFTER_COMMIT_UNKNOWN) : know(bound);
    }

    /** What a transaction manager has bound, and to which DataSource. */
    private record Bound(DataSource dataSource, ConnectionHolder holder) {}

    private @Nullable Bound holder(RelatedDataSources.Relation wanted) {
        for (Map.Entry<Object, Object> bound :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (bound.getKey() instanceof DataSource theirs
                    && bound.getValue() instanceof ConnectionHolder holder
                    && isOfTransaction(theirs, holder)
                    && related.to(theirs) == wanted) {
                return new Bound(theirs, holder);
            }
        }
        return null;
    }

    /**
     * Whether the connection is bound for a transaction of its own. What {@link DataSourceUtils} binds for the length of
     * somebody else's transaction is synchronized with it; what a JpaTransactionManager binds is not, and says nothing of a
     * transaction either.
     */
    private static boolean isOfTransaction(DataSource theirs, ConnectionHolder holder) {
        return !holder.isSynchronizedWithTransaction() || new Probe(theirs).isInTransaction();
    }

    /** Asks what only a transaction manager may. */
    private static final class Probe extends DataSourceTransactionManager {

        Probe(DataSource dataSource) {
            setDataSource(dataSource);
        }

        boolean isInTransaction() {
            return isExistingTransaction(doGetTransaction());
        }
    }

    /** Asked once for a transaction, and only where no transaction manager has told of its begin. */
    private static boolean isCalledAfterCommit() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName()
                                .equals("org.springframework.transaction.support.TransactionSynchronizationUtils")
                        && frame.getMethodName().endsWith("AfterCommit")));
    }

    private Joined know(@Nullable Bound bound) {
        Joined joined = new Joined(bound);
        TransactionSynchronizationManager.bindResource(key, joined);
        TransactionSynchronizationManager.registerSynchronization(joined);
        return joined;
    }

    /** A transaction of the caller's, for as long as it is on its thread. */
    final class Joined implements Found, TransactionSynchronization {

        private final @Nullable Bound bound;
        private final Hooks hooks = new Hooks();
        private final Map<Object, Integer> hooksBeforeSavepoint = new HashMap<>();
        private @Nullable Boolean oldSnapshot;
        private @Nullable Busy lost;
        private boolean over;

        private Joined(@Nullable Bound bound) {
            this.bound = bound;
        }

        <T> T run(Work<T> work) {
            return onConnection((connection, timeout) -> {
                boolean old = isRight(connection);
                Savepoint before = connection.setSavepoint(SAVEPOINT);
                int hooksBefore = hooks.count();
                for (int number = 1; ; number++) {
                    try {
                        return work.run(new JdbcTransaction(new Sql(connection, old, number > 1, timeout), hooks));
                    } catch (Throwable failed) {
                        hooks.backTo(hooksBefore);
                        undo(connection, before, failed);
                        if (number == Transactions.MAX_ATTEMPTS || JdbcErrors.classify(failed) != Fault.DUPLICATE_KEY) {
                            throw failed;
                        }
                    }
                }
            });
        }

        /** Sees what the transaction sees. */
        <T> T read(Work<T> reads) {
            return onConnection((connection, timeout) -> {
                try {
                    return reads.run(new JdbcTransaction(new Sql(connection, false, false, timeout), hooks));
                } catch (Throwable failed) {
                    if (JdbcErrors.classify(failed).endsTransaction()) {
                        throw lose(failed);
                    }
                    throw failed;
                }
            });
        }

        @FunctionalInterface
        private interface OnConnection<T> {
            /** @param timeout seconds that the transaction has left, 0 for no limit */
            T run(Connection connection, int timeout) throws SQLException;
        }

        private <T> T onConnection(OnConnection<T> work) {
            if (lost != null) {
                throw again(lost);
            }
            Bound here = Objects.requireNonNull(bound);
            int timeout = here.holder().hasTimeout() ? here.holder().getTimeToLiveInSeconds() : 0;
            Connection connection = DataSourceUtils.getConnection(here.dataSource());
            try {
                return work.run(connection, timeout);
            } catch (Busy whole) {
                throw whole;
            } catch (SQLException | RuntimeException failed) {
                throw JdbcErrors.classify(failed).passes()
                        ? JdbcErrors.busy(Busy.Repeat.REQUEST, failed)
                        : JdbcErrors.translated(failed);
            } finally {
                DataSourceUtils.releaseConnection(connection, here.dataSource());
            }
        }

        /**
         * Whether plain reads see what was committed when the transaction began to read.
         *
         * @throws IllegalStateException if nothing can be decided in it; nothing was written
         */
        private boolean isRight(Connection connection) throws SQLException {
            Boolean known = oldSnapshot;
            if (known != null) {
                return known;
            }
            if (connection.getAutoCommit()) {
                throw new IllegalStateException("the connection of this thread's transaction commits each statement by"
                        + " itself (autoCommit): begin the transaction with a transaction manager");
            }
            if (connection.isReadOnly()) {
                throw new IllegalStateException("this thread's transaction is read-only, and this writes: use"
                        + " @Transactional without readOnly, or @Transactional(propagation = NOT_SUPPORTED) for a"
                        + " transaction of Flashsale's own");
            }
            int isolation = connection.getTransactionIsolation();
            if (isolation == Connection.TRANSACTION_READ_UNCOMMITTED) {
                throw new IllegalStateException("this thread's transaction reads what is not committed (READ"
                        + " UNCOMMITTED), and nothing may be decided by that: use READ COMMITTED or REPEATABLE READ");
            }
            oldSnapshot = isolation != Connection.TRANSACTION_READ_COMMITTED;
            return oldSnapshot;
        }

        /**
         * Goes back to before the work. Where that fails the database has rolled back the whole transaction, or the
         * connection is gone: what the caller writes next would be committed without what it wrote before.
         */
        private void undo(Connection connection, Savepoint before, Throwable failed) {
            try {
                connection.rollback(before);
            } catch (SQLException gone) {
                failed.addSuppressed(gone);
                throw lose(failed);
            }
        }

        private Busy lose(Throwable failed) {
            Busy whole = JdbcErrors.busy(Busy.Repeat.TRANSACTION, failed);
            lost = whole;
            Objects.requireNonNull(bound).holder().setRollbackOnly();
            return whole;
        }

        private static Busy again(Busy lost) {
            return new Busy(String.valueOf(lost.getMessage()), lost.retryAfter(), lost.repeat(), lost);
        }

        /** Before others hear of the end of the transaction. */
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(key);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(key, this);
        }

        @Override
        public void savepoint(Object savepoint) {
            hooksBeforeSavepoint.put(savepoint, hooks.count());
        }

        @Override
        public void savepointRollback(Object savepoint) {
            hooks.backTo(hooksBeforeSavepoint.getOrDefault(savepoint, 0));
        }

        /** Not every transaction manager looks at the connection's flag. */
        @Override
        public void beforeCommit(boolean readOnly) {
            if (lost != null) {
                throw again(lost);
            }
        }

        @Override
        public void afterCommit() {
            over = true;
            hooks.committed();
        }

        @Override
        public void afterCompletion(int status) {
            over = true;
            TransactionSynchronizationManager.unbindResourceIfPossible(key);
            if (status == STATUS_UNKNOWN) {
                hooks.unknown();
            }
        }
    }
}
