package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.CallersTransactions.Bound;
import dev.flashsale.application.Busy;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A transaction of the caller's, for as long as it is on its thread. */
final class JoinedTransaction implements CallersTransactions.Found, TransactionSynchronization {

    private static final String SAVEPOINT = "flashsale";

    private final Object key;
    private final @Nullable Bound bound;
    private final Hooks hooks = new Hooks();
    private final Map<Object, Integer> hooksBeforeSavepoint = new HashMap<>();
    private @Nullable Boolean oldSnapshot;
    private @Nullable Busy lost;
    private boolean unfit;
    private boolean over;

    /**
     * @param key under which it is bound to the thread
     * @param bound null where a transaction manager has begun it without a connection of this database
     */
    JoinedTransaction(Object key, @Nullable Bound bound) {
        this.key = key;
        this.bound = bound;
    }

    boolean over() {
        return over;
    }

    boolean hasConnection() {
        return bound != null;
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
                    if (leaves(failed)) {
                        throw lose(failed);
                    }
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
                if (leaves(failed) || JdbcErrors.classify(failed) == Fault.ROLLED_BACK) {
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
            throw lost.again();
        }
        Bound here = Objects.requireNonNull(bound);
        int timeout = here.holder().hasTimeout() ? here.holder().getTimeToLiveInSeconds() : 0;
        Connection connection = DataSourceUtils.getConnection(here.dataSource());
        try {
            return work.run(connection, timeout);
        } catch (Busy whole) {
            throw whole;
        } catch (SQLException | RuntimeException failed) {
            throw JdbcErrors.classify(failed).passes() && !JdbcErrors.isOfReadOnlyTransaction(failed)
                    ? JdbcErrors.busy(Busy.Repeat.REQUEST, false, failed)
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
            Driver.run(() -> connection.rollback(before));
        } catch (SQLException gone) {
            failed.addSuppressed(gone);
            throw lose(failed);
        }
    }

    /** Whether there is nothing more to be done on this connection, even if it goes back to the savepoint. */
    private static boolean leaves(Throwable failed) {
        return JdbcErrors.classify(failed).leavesConnection() && !JdbcErrors.isOfReadOnlyTransaction(failed);
    }

    private Busy lose(Throwable failed) {
        Busy whole = JdbcErrors.busy(Busy.Repeat.TRANSACTION, false, failed);
        lost = whole;
        unfit = leaves(failed);
        Objects.requireNonNull(bound).holder().setRollbackOnly();
        return whole;
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
            throw lost.again();
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
        if (unfit) {
            Driver.abort(Objects.requireNonNull(bound).holder().getConnection());
        }
    }
}
