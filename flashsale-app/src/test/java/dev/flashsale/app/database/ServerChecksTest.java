package dev.flashsale.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import dev.flashsale.app.database.Finding.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ServerChecksTest {

    private static final TestDatabase DATABASE = TestDatabase.get();

    @Test
    void whatIsLookedAtIsToldInOrderAndRefusesNothing() throws SQLException {
        try (Connection connection = DATABASE.connect()) {
            assertThat(ServerChecks.of(connection))
                    .noneMatch(finding -> finding.severity() == Severity.REFUSE)
                    .allMatch(finding -> finding.advice().isEmpty() == (finding.severity() == Severity.OK))
                    .extracting(Finding::what)
                    .filteredOn(what -> !what.equals("sync_binlog"))
                    .containsExactly(
                            "version",
                            "InnoDB",
                            "writer",
                            "binary log",
                            "innodb_flush_log_at_trx_commit",
                            "isolation",
                            "time zone",
                            "max_allowed_packet",
                            "innodb_lock_wait_timeout",
                            "wait_timeout",
                            "rights",
                            "clock",
                            "round trip");
        }
    }

    /** Without a binary log its format does not matter. */
    @Test
    void aBinaryLogOfStatementsIsRefused() throws SQLException {
        try (Connection connection = DATABASE.connect()) {
            execute(connection, "set session binlog_format = 'STATEMENT'");

            Finding log = finding(connection, "binary log");

            assertThat(log)
                    .isIn(
                            Finding.ok("binary log", "off"),
                            new Finding("binary log", "STATEMENT", Severity.REFUSE, log.advice()));
        }
    }

    @Test
    void aTableOfAnotherEngineIsRefused() throws SQLException {
        TestDatabase other = DATABASE.withNewSchema();
        try (Connection connection = other.connect()) {
            execute(connection, "create table flashsale_hold (id int) engine = MyISAM");

            assertThat(finding(connection, "InnoDB"))
                    .isEqualTo(new Finding(
                            "InnoDB", "not for flashsale_hold", Severity.REFUSE, "alter table … engine = InnoDB"));
        }
    }

    @Test
    void aRightThatIsMissingIsNamed() throws SQLException {
        try (TestUser user = TestUser.in(DATABASE).with("select, insert, delete");
                Connection connection = user.login().connect()) {
            assertThat(finding(connection, "rights").seen())
                    .contains("no ", "update on flashsale_hold", "update on flashsale_stock")
                    .doesNotContain("insert on", "select on", "delete on");
        }
    }

    @Test
    void aLongWaitForALockIsTold() throws SQLException {
        try (Connection connection = DATABASE.connect()) {
            execute(connection, "set session innodb_lock_wait_timeout = 50");

            assertThat(finding(connection, "innodb_lock_wait_timeout").severity())
                    .isEqualTo(Severity.WARN);
        }
    }

    private static Finding finding(Connection connection, String what) throws SQLException {
        return ServerChecks.of(connection).stream()
                .filter(finding -> finding.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }
}
