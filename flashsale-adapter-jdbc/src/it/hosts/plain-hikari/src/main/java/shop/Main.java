package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.hosts.ByHand;
import dev.flashsale.adapter.jdbc.hosts.Host;
import dev.flashsale.adapter.jdbc.hosts.HostDatabase;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.Pools;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * No Spring: JDBC by hand on HikariCP, with its defaults. Where a hold is to be committed with the shop's rows, what comes with
 * the library says what a transaction is: a manager and a template, both plain objects. Where it need not be, the library has a
 * pool of its own, since a thread that has a connection of the shop's and waits for a second one of the same pool may wait for
 * ever.
 */
public class Main {

    private static HikariDataSource newPool(HostDatabase database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        return pool;
    }

    static class TemplateShop extends SpringHost {

        static final String NAME = "No Spring context, HikariCP, TransactionTemplate";

        private final HikariDataSource pool;
        private final TransactionTemplate template;

        private TemplateShop(HikariDataSource pool, JdbcTransactionManager manager, Flashsale flashsale) {
            super(NAME, manager, flashsale, pool);
            this.pool = pool;
            this.template = new TransactionTemplate(manager);
        }

        static TemplateShop on(HostDatabase database) throws SQLException {
            database.execute(HostDatabase.BOOKING);
            HikariDataSource pool = newPool(database);
            Schema.migrate(pool);
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            return new TemplateShop(pool, manager, Flashsale.on(JdbcPorts.on(pool, manager), Settings.defaults()));
        }

        @Override
        public void inTransaction(Work work) {
            template.executeWithoutResult(transaction -> {
                // Not closed in here: it is the transaction's.
                Connection connection = DataSourceUtils.getConnection(pool);
                work.in(new ByHand(connection));
            });
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    record HandmadeShop(HikariDataSource pool, HikariDataSource ofFlashsale, Flashsale flashsale) implements Host {

        static final String NAME = "No Spring, HikariCP, a pool of the library's own";

        static HandmadeShop on(HostDatabase database) throws SQLException {
            database.execute(HostDatabase.BOOKING);
            HikariDataSource ofFlashsale = newPool(database);
            Schema.migrate(ofFlashsale);
            return new HandmadeShop(
                    newPool(database), ofFlashsale, Flashsale.on(JdbcPorts.on(ofFlashsale), Settings.defaults()));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String manager() {
            return "Connection.commit()";
        }

        @Override
        public boolean joins() {
            return false;
        }

        @Override
        public void inTransaction(Work work) throws SQLException {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    work.in(new ByHand(connection));
                } catch (RuntimeException failed) {
                    connection.rollback();
                    throw failed;
                }
                connection.commit();
            }
        }

        @Override
        public Pools pools() {
            return Pools.of(pool, ofFlashsale);
        }

        @Override
        public void close() {
            pool.close();
            ofFlashsale.close();
        }
    }

    public static void main(String[] args) throws Exception {
        System.exit(
                HostRun.run(TemplateShop.NAME, TemplateShop::on) & HostRun.run(HandmadeShop.NAME, HandmadeShop::on)
                        ? 0
                        : 1);
    }
}
