package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Busy;
import dev.flashsale.application.port.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The one door to this adapter: everything that the use cases need, on one DataSource.
 *
 * <p>The database is MySQL 8.4 or 9, or MariaDB 10.11 or 11, made ready by {@link Schema#migrate}. What is built here is
 * thread-safe and holds nothing to close.
 *
 * @since 0.1
 */
public final class JdbcPorts {

    private JdbcPorts() {}

    /**
     * On a DataSource, joining the transactions that Spring has on it, as {@link CallersTransaction#JOIN} says. Where there
     * is a transaction manager, {@link #on(DataSource, PlatformTransactionManager)} is better: it also knows when a
     * transaction has been committed already.
     */
    public static Transactions on(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /**
     * The same, told by the transaction manager of its transactions: what is called after a commit, as a
     * {@code @TransactionalEventListener} is, runs in a transaction of its own.
     *
     * @param transactionManager of transactions on this DataSource, or on one that is around it or inside of it
     * @throws IllegalArgumentException if it is one that cannot be joined, such as one of JTA
     */
    public static Transactions on(DataSource dataSource, PlatformTransactionManager transactionManager) {
        return builder(dataSource).transactionManager(transactionManager).build();
    }

    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** What to do when the caller's thread has a transaction on the database. */
    public enum CallersTransaction {

        /**
         * Takes part in it, on the caller's connection and thread: it is the caller's commit that makes it true, and nothing
         * is told or remembered before.
         *
         * <p>Rows that were locked stay locked until then, a product's stock above all, and every other buyer of that
         * product waits for it: hold last, then commit. Whatever the isolation, decisions rest on what is committed now. At
         * REPEATABLE READ and SERIALIZABLE that takes more locks, on gaps between rows too, than at READ COMMITTED, which is
         * the better choice where it can be chosen; READ UNCOMMITTED and read-only are refused.
         *
         * <p>What fails is undone to where it began. After a {@link Busy} that says {@link Busy.Repeat#REQUEST} the caller
         * may go on and commit the rest. After one that says {@link Busy.Repeat#TRANSACTION}, a deadlock or a lost
         * connection, the database has rolled everything back: the transaction cannot be committed, and all of it must be
         * repeated. A time-out of the caller's transaction is kept.
         *
         * <p>Housekeeping, audits and repairs have transactions of their own all the same.
         */
        JOIN,

        /**
         * Lets it be: everything is done in transactions of Flashsale's own, on connections of its own, together with what
         * other callers ask for, and is committed when the call returns, whatever becomes of the caller's. Nothing stays
         * locked. The pool needs a second connection for whoever has a transaction. What the caller has locked itself is
         * waited for, in vain: a product must not be written to and then held in one transaction. {@link Busy} leaves nothing
         * behind.
         */
        OWN
    }

    /** Says how the database is reached. */
    public static final class Builder {

        private final DataSource dataSource;
        private @Nullable PlatformTransactionManager transactionManager;
        private CallersTransaction callersTransaction = CallersTransaction.JOIN;
        private @Nullable Supplier<? extends @Nullable Object> tenants;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /** As {@link JdbcPorts#on(DataSource, PlatformTransactionManager)} has it. */
        public Builder transactionManager(PlatformTransactionManager manager) {
            if (isOfJta(manager)) {
                throw new IllegalArgumentException("transactions of JTA cannot be joined: build JdbcPorts without the"
                        + " transaction manager, on a DataSource that takes no part in them");
            }
            transactionManager = manager;
            return this;
        }

        private static boolean isOfJta(PlatformTransactionManager manager) {
            for (Class<?> type = manager.getClass(); type != null; type = type.getSuperclass()) {
                if (type.getName().equals("org.springframework.transaction.jta.JtaTransactionManager")) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Takes that one of these whose transactions are on this DataSource, as far as can be told of it; none if there is
         * none.
         *
         * @throws IllegalArgumentException if there are several, or only one of JTA, which cannot be joined
         */
        public Builder transactionManagerAmong(Collection<? extends PlatformTransactionManager> managers) {
            RelatedDataSources ours = new RelatedDataSources(RelatedDataSources.outsideTransactions(dataSource));
            List<? extends PlatformTransactionManager> found =
                    managers.stream().filter(ours::areOf).toList();
            if (found.size() > 1) {
                throw new IllegalArgumentException(
                        found.size() + " transaction managers have their transactions on this"
                                + " DataSource: say which one, or have one of them alone");
            }
            return found.isEmpty()
                            && managers.size() == 1
                            && isOfJta(managers.iterator().next())
                    ? transactionManager(managers.iterator().next())
                    : found.isEmpty() ? this : transactionManager(found.getFirst());
        }

        private static boolean isOfMicronautsTransactions(DataSource layer) {
            return layer.getClass().getName().startsWith("io.micronaut.data.connection.jdbc.advice.");
        }

        /** {@link CallersTransaction#JOIN} unless said. */
        public Builder callersTransaction(CallersTransaction choice) {
            callersTransaction = choice;
            return this;
        }

        /**
         * What tells apart those whose requests must not share a transaction, read on the thread of each caller: what a
         * routing DataSource routes by. Null for those without.
         *
         * @param tenant quick; equal for callers whom the DataSource leads to the same database
         */
        public Builder tenants(Supplier<? extends @Nullable Object> tenant) {
            tenants = tenant;
            return this;
        }

        /**
         * The door to the database.
         *
         * @throws IllegalArgumentException if nothing could be right on this DataSource; says what to do
         */
        public Transactions build() {
            DataSource plain = RelatedDataSources.outsideTransactions(dataSource);
            List<DataSource> layers = RelatedDataSources.layers(plain);
            if (layers.stream().anyMatch(TransactionAwareDataSourceProxy.class::isInstance)) {
                throw new IllegalArgumentException(
                        "inside of this DataSource is a TransactionAwareDataSourceProxy, by which"
                                + " strangers' requests would take part in somebody's transaction: give the DataSource inside of it");
            }
            if (layers.stream().anyMatch(SingleConnectionDataSource.class::isInstance)) {
                throw new IllegalArgumentException(
                        "a SingleConnectionDataSource has one connection for everybody: give a pool");
            }
            if (layers.stream().anyMatch(Builder::isOfMicronautsTransactions)) {
                throw new IllegalArgumentException(
                        "this DataSource has no connection but the one of a transaction of Micronaut's, which Flashsale would"
                                + " end: give DelegatingDataSource.unwrapDataSource(dataSource)");
            }
            if (tenants == null && layers.stream().anyMatch(AbstractRoutingDataSource.class::isInstance)) {
                throw new IllegalArgumentException(
                        "a routing DataSource leads to several databases, and requests of several"
                                + " callers are done together: say with tenants(…) what it routes by, or tenants(() -> null) if"
                                + " whatever it leads to is one database");
            }
            return new JdbcTransactions(
                    plain,
                    new CallersTransactions(plain, transactionManager, callersTransaction == CallersTransaction.JOIN),
                    tenants == null ? () -> null : tenants);
        }
    }
}
