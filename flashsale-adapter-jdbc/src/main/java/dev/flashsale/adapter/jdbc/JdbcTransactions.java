package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.JdbcErrors.Fault;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Transactions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions on one DataSource: joins the caller's where there is one, else begins, commits and tries again. */
final class JdbcTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_BACKOFF_MILLIS = 10;

    private static final TransactionDefinition WRITE =
            definition(TransactionDefinition.ISOLATION_READ_COMMITTED, false);
    private static final TransactionDefinition SNAPSHOT =
            definition(TransactionDefinition.ISOLATION_REPEATABLE_READ, true);

    private final DataSource dataSource;
    private final PlatformTransactionManager manager;

    JdbcTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
        this.manager = new DataSourceTransactionManager(dataSource);
    }

    @Override
    public <T> T run(Work<T> work) {
        return joined() ? once(() -> work.run(new Attempt(1))) : retrying(attempt -> commit(work, attempt, WRITE));
    }

    /** Whether that transaction is on this DataSource. */
    @Override
    public boolean joined() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(dataSource);
    }

    /** Reads that need no transaction of their own: run again when the connection was lost. */
    <T> T read(Supplier<T> reads) {
        return joined() ? once(reads) : retrying(attempt -> reads.get());
    }

    /** Reads that see one consistent snapshot, whatever is committed meanwhile. */
    <T> T snapshot(Supplier<T> reads) {
        return retrying(attempt -> commit(ignored -> reads.get(), attempt, SNAPSHOT));
    }

    /** In a caller's transaction nothing is tried again: it may have half of the work, so it can only be rolled back. */
    private <T> T once(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
                holder.setRollbackOnly();
            }
            throw JdbcErrors.classify(failed) == Fault.OTHER ? failed : busy(failed);
        }
    }

    private <T> T retrying(Work<T> work) {
        for (int number = 1; ; number++) {
            try {
                return work.run(new Attempt(number));
            } catch (RuntimeException failed) {
                Fault fault = JdbcErrors.classify(failed);
                if (fault == Fault.OTHER) {
                    throw failed;
                }
                if (fault == Fault.NEVER_STARTED || number == MAX_ATTEMPTS) {
                    throw busy(failed);
                }
                LOG.debug("attempt {} ended in {}, trying again", number, fault, failed);
                backOff(number, failed);
            }
        }
    }

    private <T> T commit(Work<T> work, Attempt attempt, TransactionDefinition definition) {
        TransactionStatus transaction = manager.getTransaction(definition);
        T answer;
        try {
            answer = work.run(attempt);
        } catch (Throwable failed) {
            rollBack(transaction, failed);
            throw failed;
        }
        // A connection lost in here leaves the outcome unknown. The next run of the work begins by looking its ids up
        // with a locking read, which waits for a commit that is still under way.
        manager.commit(transaction);
        return answer;
    }

    private void rollBack(TransactionStatus transaction, Throwable failed) {
        try {
            manager.rollback(transaction);
        } catch (RuntimeException alsoFailed) {
            // The connection is gone, and with it the transaction.
            failed.addSuppressed(alsoFailed);
        }
    }

    private static TransactionDefinition definition(int isolation, boolean readOnly) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(isolation);
        definition.setReadOnly(readOnly);
        return definition;
    }

    private static Busy busy(RuntimeException failed) {
        return new Busy("the database could not do it now", RETRY_AFTER, failed);
    }

    private static void backOff(int number, RuntimeException failed) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, MAX_BACKOFF_MILLIS * number + 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy(failed);
        }
    }
}
