package dev.flashsale.adapter.jdbc.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * How long the server keeps what a program has locked that has died or stands still in mid-transaction, and whose
 * connection nobody closed: MySQL's default is 8 hours. Five seconds are less than the three waits for a lock of 2 s that a
 * buyer has, so whoever comes when it happens may still buy. Between the statements of a batch are milliseconds; a program that does
 * stand still for longer, for want of CPU or memory, loses a transaction that was rolled back, and runs it again.
 */
final class SessionBounds {

    static final Duration SILENT = Duration.ofSeconds(5);

    /**
     * As session variables of either server. {@code wait_timeout} ends sessions that are idle in a pool, too: the pool makes
     * new ones.
     */
    static final String VARIABLES =
            "wait_timeout=%1$d,net_read_timeout=%1$d,net_write_timeout=%1$d".formatted(SILENT.toSeconds());

    private static final String FOR_TRANSACTIONS =
            "set session wait_timeout = @@global.wait_timeout, idle_transaction_timeout ="
                    + " if(@@idle_transaction_timeout between 1 and %1$d, @@idle_transaction_timeout, %1$d)"
                            .formatted(SILENT.toSeconds());

    private SessionBounds() {}

    /** MariaDB bounds what is idle in a transaction by itself, so the others may stay. MySQL knows no such bound. */
    static void refine(Connection connection, Map<String, String> state) throws SQLException {
        boolean ours = Long.toString(SILENT.toSeconds()).equals(state.get("wait_timeout"));
        if (ours && state.containsKey(WriterCheck.OF_MARIADB)) {
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute(FOR_TRANSACTIONS);
            }
        }
    }
}
