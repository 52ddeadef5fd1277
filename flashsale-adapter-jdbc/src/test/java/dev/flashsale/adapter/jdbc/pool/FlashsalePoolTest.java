package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashsalePoolTest {

    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final String URL = DATABASE.url() + "?allowPublicKeyRetrieval=true";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    @Test
    void aPoolOfItsOwnIsReadCommittedInUtcAndBoundsItsWaits() throws SQLException {
        try (HikariDataSource pool = started(FlashsalePool.newConfig(URL, ANSWER_WITHIN));
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "select @@transaction_isolation")).isEqualTo("READ-COMMITTED");
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(ask(connection, "select @@autocommit")).isEqualTo("0");
            assertThat(ask(connection, "select @@innodb_lock_wait_timeout")).isEqualTo("2");
            assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
            assertThat(ask(connection, "select timestampdiff(minute, utc_timestamp, now())"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aUrlWithSessionVariablesKeepsThemAndTheLockTimeout() throws SQLException {
        String url = URL + "&sessionVariables=wait_timeout=611,lc_time_names=%27de_DE%27";
        try (HikariDataSource pool = started(FlashsalePool.newConfig(url, ANSWER_WITHIN));
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "select @@innodb_lock_wait_timeout")).isEqualTo("2");
            assertThat(ask(connection, "select @@wait_timeout")).isEqualTo("611");
            assertThat(ask(connection, "select @@lc_time_names")).isEqualTo("de_DE");
        }
    }

    /** MariaDB has a bound for transactions, and keeps what is idle in the pool. */
    @Test
    void aSilentTransactionIsBoundedByTheServer() throws SQLException {
        try (HikariDataSource pool = opened(FlashsalePool.newConfig(URL, ANSWER_WITHIN));
                Connection connection = pool.getConnection()) {
            if (ask(connection, "select version()").contains("MariaDB")) {
                assertThat(ask(connection, "select @@idle_transaction_timeout")).isEqualTo("5");
                assertThat(ask(connection, "select @@wait_timeout = @@global.wait_timeout"))
                        .isEqualTo("1");
            } else {
                assertThat(ask(connection, "select @@wait_timeout")).isEqualTo("5");
            }
            assertThat(ask(connection, "select @@net_read_timeout")).isEqualTo("5");
            assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
        }
    }

    @Test
    void aBoundOfTheUrlWins() throws SQLException {
        String url = URL + "&sessionVariables=wait_timeout=611";
        try (HikariDataSource pool = opened(FlashsalePool.newConfig(url, ANSWER_WITHIN));
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "select @@wait_timeout")).isEqualTo("611");
        }
    }

    @Test
    void aLockTimeoutOfTheUrlWins() throws SQLException {
        String url = URL + "&sessionVariables=wait_timeout=611;innodb_lock_wait_timeout=7";
        try (HikariDataSource pool = started(FlashsalePool.newConfig(url, ANSWER_WITHIN));
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "select @@innodb_lock_wait_timeout")).isEqualTo("7");
        }
    }

    @Test
    void aStatementThatIsNotAnsweredGivesTheConnectionUp() throws SQLException {
        try (HikariDataSource pool = started(FlashsalePool.newConfig(URL, Duration.ofMillis(500)));
                Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> ask(connection, "select sleep(5)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            lost -> assertThat(lost.getSQLState()).isEqualTo("08S01"));
        }
    }

    @Test
    void aHostsPoolGetsTheBoundsAndKeepsEverythingElse() throws SQLException {
        HikariConfig host = new HikariConfig();
        host.setJdbcUrl(URL + "&socketTimeout=90000&sessionVariables=wait_timeout=1");
        host.addDataSourceProperty("sessionVariables", "wait_timeout=611,time_zone='+05:30'");
        host.setTransactionIsolation("TRANSACTION_SERIALIZABLE");

        FlashsalePool.configure(host, ANSWER_WITHIN);

        try (HikariDataSource pool = started(host);
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "select @@innodb_lock_wait_timeout")).isEqualTo("2");
            assertThat(ask(connection, "select @@wait_timeout")).isEqualTo("611");
            assertThat(ask(connection, "select @@time_zone")).isEqualTo("+05:30");
            assertThat(connection.getNetworkTimeout()).isEqualTo(90_000);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(ask(connection, "select @@transaction_isolation")).isEqualTo("SERIALIZABLE");
        }
    }

    @Test
    void aPoolOfAnotherDataSourceIsRefusedWithWhatToDo() {
        HikariConfig host = new HikariConfig();
        host.setDataSourceClassName("com.mysql.cj.jdbc.MysqlDataSource");

        assertThatThrownBy(() -> FlashsalePool.configure(host, ANSWER_WITHIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DriverProperties")
                .hasMessageContaining("EvictFormerWriter");
    }

    @Test
    void aFormerWritersConnectionLeavesThePool() throws SQLException {
        assertThat(isKeptAfter(1290, FlashsalePool.newConfig(URL, ANSWER_WITHIN)))
                .isFalse();
    }

    @Test
    void aFormerWritersConnectionLeavesAHostsPool() throws SQLException {
        HikariConfig host = new HikariConfig();
        host.setJdbcUrl(URL);
        FlashsalePool.configure(host, ANSWER_WITHIN);

        assertThat(isKeptAfter(1290, host)).isFalse();
    }

    @Test
    void aFormerWritersConnectionLeavesAPoolThatNamesTheClass() throws SQLException {
        HikariConfig host = new HikariConfig();
        host.setJdbcUrl(URL);
        host.setExceptionOverrideClassName("dev.flashsale.adapter.jdbc.pool.EvictFormerWriter");

        assertThat(isKeptAfter(1290, host)).isFalse();
    }

    /** Otherwise the three above would show nothing. */
    @Test
    void withoutItThePoolKeepsAFormerWritersConnection() throws SQLException {
        HikariConfig host = new HikariConfig();
        host.setJdbcUrl(URL);

        assertThat(isKeptAfter(1290, host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1054, 1062, 1205, 1213})
    void whatAnotherConnectionWouldNotCureKeepsIt(int error) throws SQLException {
        assertThat(isKeptAfter(error, FlashsalePool.newConfig(URL, ANSWER_WITHIN)))
                .isTrue();
    }

    @Test
    void anOverrideOfTheHostIsAskedAboutEveryOtherError() throws SQLException {
        List<Integer> asked = new ArrayList<>();
        HikariConfig host = new HikariConfig();
        host.setJdbcUrl(URL);
        host.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException error) {
                asked.add(error.getErrorCode());
                return SQLExceptionOverride.Override.MUST_EVICT;
            }
        });
        FlashsalePool.configure(host, ANSWER_WITHIN);

        assertThat(isKeptAfter(1054, host)).isFalse();
        assertThat(asked).containsExactly(1054);
    }

    /** The server sends that error: no need to make one read-only that others use. */
    private static boolean isKeptAfter(int error, HikariConfig config) throws SQLException {
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = started(config)) {
            String before;
            try (Connection connection = pool.getConnection()) {
                before = ask(connection, "select connection_id()");
                assertThatThrownBy(() -> fail(connection, error))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                failed -> assertThat(failed.getErrorCode()).isEqualTo(error));
            }
            try (Connection connection = pool.getConnection()) {
                return ask(connection, "select connection_id()").equals(before);
            }
        }
    }

    private static HikariDataSource started(HikariConfig config) {
        return new HikariDataSource(withLogin(config));
    }

    private static HikariDataSource opened(HikariConfig config) {
        return FlashsalePool.open(withLogin(config));
    }

    private static HikariConfig withLogin(HikariConfig config) {
        config.setUsername(DATABASE.username());
        config.setPassword(DATABASE.password());
        config.setMinimumIdle(1);
        return config;
    }

    private static void fail(Connection connection, int error) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("signal sqlstate 'HY000' set mysql_errno = " + error + ", message_text = 'refused'");
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
