package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.SwitchedNetwork;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hosts, either of which may be the writer. */
@Timeout(60)
class WriterDataSourceTest {

    private static final TestDatabase DATABASE = TestDatabase.get();

    private SwitchedNetwork a;
    private SwitchedNetwork b;

    @BeforeEach
    void twoHosts() throws IOException {
        a = new SwitchedNetwork(DATABASE);
        b = new SwitchedNetwork(DATABASE);
    }

    @AfterEach
    void close() throws IOException {
        a.close();
        b.close();
    }

    @Test
    void ofTheHostsTheWriterIsFound() throws SQLException {
        a.readOnly(true);

        assertThat(hostOf(writer(url()))).isEqualTo(b.address());
    }

    /** Otherwise the test above would show nothing. */
    @Test
    void theFirstHostIsTakenIfItIsTheWriter() throws SQLException {
        assertThat(hostOf(writer(url()))).isEqualTo(a.address());
    }

    @Test
    void theLastWriterIsTriedFirst() throws SQLException {
        DataSource writer = writer(url());
        a.readOnly(true);
        assertThat(hostOf(writer)).isEqualTo(b.address());

        a.readOnly(false);

        assertThat(hostOf(writer)).isEqualTo(b.address());
    }

    @Test
    void aHostThatIsGoneIsPassedOver() throws Exception {
        DataSource writer = writer(url());
        a.close();

        assertThat(hostOf(writer)).isEqualTo(b.address());
    }

    @Test
    void whereNoneIsTheWriterEachIsTold() throws Exception {
        a.readOnly(true);
        b.close();

        assertThatThrownBy(() -> writer(url()).getConnection())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        none -> assertThat(none.getErrorCode()).isEqualTo(1290))
                .hasMessageContaining(a.address() + " has read_only=1")
                .hasMessageContaining(b.address());
    }

    @Test
    void aHostThatIsTheOnlyOneMustBeTheWriter() {
        a.readOnly(true);

        assertThatThrownBy(() -> writer(url().replace("," + b.address(), "")).getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no writer among " + a.address());
    }

    @Test
    void aPoolThatIsToldOfAFormerWriterLeavesItWithAllItsConnections() throws SQLException {
        try (HikariDataSource pool = pool(4)) {
            List<String> before = sessions(pool);
            a.readOnly(true);

            try (Connection connection = pool.getConnection()) {
                assertThatThrownBy(() -> execute(
                                connection,
                                "signal sqlstate 'HY000' set mysql_errno = 1290, message_text = 'read-only'"))
                        .isInstanceOf(SQLException.class);
            }

            assertThat(hostOf(pool)).isEqualTo(b.address());
            assertThat(sessions(pool)).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void aPoolGoesOnAsSoonAsThereIsAWriter() throws SQLException {
        try (HikariDataSource pool = pool(1)) {
            a.readOnly(true);
            b.readOnly(true);
            pool.getHikariPoolMXBean().softEvictConnections();
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);

            b.readOnly(false);
            long from = System.nanoTime();

            assertThat(hostOf(pool)).isEqualTo(b.address());
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aPoolThatIsClosedLooksForNoWriter() throws SQLException {
        HikariDataSource pool = pool(1);
        a.readOnly(true);
        b.readOnly(true);
        pool.getHikariPoolMXBean().softEvictConnections();
        assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);

        pool.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(pool.getPoolName()) && name.endsWith("adder"));
    }

    /** Whoever was in the middle of logging in has lost what he waits for. */
    @Test
    void afterABlackHoleAPoolGoesOnWithinTwoSeconds() throws SQLException {
        try (HikariDataSource pool = pool(4)) {
            a.swallow(true);
            b.swallow(true);
            assertThatThrownBy(() -> untilIt(connection -> false, pool)).isInstanceOf(SQLException.class);

            a.swallow(false);
            b.swallow(false);
            long from = System.nanoTime();

            untilIt(connection -> true, pool);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
        }
    }

    private static void untilIt(Predicate<Connection> ends, DataSource pool) throws SQLException {
        while (true) {
            try (Connection connection = pool.getConnection()) {
                execute(connection, "select 1");
                if (ends.test(connection)) {
                    return;
                }
            }
        }
    }

    private String url() {
        return DATABASE.url().replaceFirst("//[^/]+/", "//" + a.address() + "," + b.address() + "/")
                + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    private static DataSource writer(String url) {
        Properties properties = DriverProperties.complete(url, Duration.ofSeconds(5));
        properties.setProperty("user", DATABASE.username());
        properties.setProperty("password", DATABASE.password());
        return new WriterDataSource(url, properties);
    }

    private HikariDataSource pool(int size) {
        HikariConfig config = FlashsalePool.newConfig(url(), Duration.ofSeconds(5));
        config.setUsername(DATABASE.username());
        config.setPassword(DATABASE.password());
        config.setMaximumPoolSize(size);
        return FlashsalePool.open(config);
    }

    private static String hostOf(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getURL().replaceFirst("jdbc:mysql://([^/]+)/.*", "$1");
        }
    }

    /** Of as many connections as the pool has. */
    private static List<String> sessions(HikariDataSource pool) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        List<String> sessions = new ArrayList<>();
        try {
            while (taken.size() < pool.getMaximumPoolSize()) {
                Connection connection = pool.getConnection();
                taken.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select connection_id()")) {
                    row.next();
                    sessions.add(row.getString(1));
                }
            }
            return sessions;
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
