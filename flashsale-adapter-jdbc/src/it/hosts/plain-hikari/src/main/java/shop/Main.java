package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.hosts.Host;
import dev.flashsale.adapter.jdbc.hosts.HostDatabase;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.Pools;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * No Spring: JDBC by hand on HikariCP, with its defaults. The library has a pool of its own: a thread that has a connection
 * of the shop's and waits for a second one of the same pool may wait for ever.
 */
public class Main {

    private static Flashsale flashsale(DataSource dataSource) {
        Schema.migrate(dataSource);
        return Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
    }

    record Shop(HikariDataSource pool, HikariDataSource ofFlashsale, Flashsale flashsale) implements Host {

        static Shop on(HostDatabase database) throws SQLException {
            database.execute(HostDatabase.BOOKING);
            HikariDataSource ofFlashsale = pool(database);
            return new Shop(pool(database), ofFlashsale, Main.flashsale(ofFlashsale));
        }

        private static HikariDataSource pool(HostDatabase database) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(database.url());
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            return pool;
        }

        @Override
        public String name() {
            return "No Spring, HikariCP with defaults";
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
                    work.in(new Rows(connection));
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

    record Rows(Connection connection) implements Host.Bookings {

        @Override
        public void add(UUID holdId, String note) {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into booking (hold_id, note) values (?, ?)")) {
                insert.setBytes(1, HostRun.bytes(holdId));
                insert.setString(2, note);
                insert.executeUpdate();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public int count(UUID holdId) {
            return Integer.parseInt(first("select count(*) from booking where hold_id = ?", HostRun.bytes(holdId)));
        }

        @Override
        public String isolation() {
            return first("select @@transaction_isolation");
        }

        private String first(String sql, Object... parameters) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int number = 1; number <= parameters.length; number++) {
                    statement.setObject(number, parameters[number - 1]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getString(1);
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        HostRun.main("No Spring, HikariCP with defaults", Shop::on);
    }
}
