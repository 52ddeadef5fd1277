package dev.flashsale.adapter.jdbc;

import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
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
    sealed interface Found permits JoinedTransaction, Found.Refused {

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
        if (TransactionSynchronizationManager.getResource(key) instanceof JoinedTransaction known) {
            if (known.over()) {
                return null;
            }
            return known.hasConnection() ? known : new Found.Refused(NO_CONNECTION);
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
    record Bound(DataSource dataSource, ConnectionHolder holder) {}

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

    private JoinedTransaction know(@Nullable Bound bound) {
        JoinedTransaction joined = new JoinedTransaction(key, bound);
        TransactionSynchronizationManager.bindResource(key, joined);
        TransactionSynchronizationManager.registerSynchronization(joined);
        return joined;
    }
}
