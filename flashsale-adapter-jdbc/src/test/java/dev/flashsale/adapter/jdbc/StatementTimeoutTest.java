package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that gives up after a second, and a statement that takes two. */
class StatementTimeoutTest {

    private static final int SOCKET_MILLIS = 1000;

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestDatabase.get().connect();
        connection.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aStatementWithALimitOfItsOwnMayTakeLongerThanOthers() throws SQLException {
        sleepTwoSeconds(10);

        assertThat(connection.getNetworkTimeout()).isEqualTo(SOCKET_MILLIS);
    }

    /** Otherwise the test above would show nothing. */
    @Test
    void anotherMayNot() {
        assertThatThrownBy(() -> sleepTwoSeconds(0))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        lost -> assertThat(lost.getSQLState()).isEqualTo("08S01"));
    }

    private void sleepTwoSeconds(int limitSeconds) throws SQLException {
        try (StatementTimeout timeout = StatementTimeout.on(connection, limitSeconds);
                PreparedStatement statement = connection.prepareStatement("select sleep(2)")) {
            timeout.limit(statement);
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }
}
