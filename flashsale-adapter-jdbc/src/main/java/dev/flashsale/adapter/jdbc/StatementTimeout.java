package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A limit of its own for a statement that may take long. Its connection waits for longer than that, whatever
 * {@code socketTimeout} it has, so that the statement alone is given up. That is on this side: the server is not told.
 */
record StatementTimeout(Connection connection, int seconds, int socketBefore) implements AutoCloseable {

    private static final Duration SPARE = Duration.ofSeconds(5);

    /** @param seconds 0 for none, which costs nothing */
    static StatementTimeout on(Connection connection, int seconds) throws SQLException {
        int before = seconds == 0 ? 0 : connection.getNetworkTimeout();
        if (before != 0) {
            int needed = Math.toIntExact(SPARE.plusSeconds(seconds).toMillis());
            connection.setNetworkTimeout(Runnable::run, Math.max(before, needed));
        }
        return new StatementTimeout(connection, seconds, before);
    }

    void limit(Statement statement) throws SQLException {
        if (seconds != 0) {
            statement.setQueryTimeout(seconds);
        }
    }

    @Override
    public void close() throws SQLException {
        if (socketBefore != 0) {
            connection.setNetworkTimeout(Runnable::run, socketBefore);
        }
    }
}
