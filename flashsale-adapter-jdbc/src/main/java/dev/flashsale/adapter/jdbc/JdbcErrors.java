package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Busy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What a database's error means, told by the number of the error and never by its SQLState: MySQL and MariaDB give one
 * SQLState to a deadlock, which rolls the transaction back, and to a lock wait time-out, which does not.
 */
public final class JdbcErrors {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private JdbcErrors() {}

    /** What to do about an error. */
    enum Fault {
        /** Deadlock or failed certification: the transaction was rolled back. Run it again. */
        ROLLED_BACK,
        /** Waited too long for a lock: only the statement was rolled back. Roll back, then run it again. */
        LOCK_WAIT,
        /** A key that we made exists: an earlier run or another node was first. Run again and find it. */
        DUPLICATE_KEY,
        /** This server no longer accepts writes. Leave the connection and run it again on another. */
        NOT_WRITER,
        /** The transaction never began: too many connections, or none free in the pool in time. */
        NEVER_STARTED,
        /** The connection is gone: rolled back if this was before COMMIT, unknown if it was during COMMIT. */
        CONNECTION_LOST,
        /** A defect, a full disk, a missing right: trying again does not help. */
        OTHER;

        /** Whether nothing is left of the transaction, whatever it did before. */
        boolean endsTransaction() {
            return this == ROLLED_BACK || this == CONNECTION_LOST;
        }

        /** Whether the same may succeed later. A key that exists in spite of having been looked for is a defect. */
        boolean passes() {
            return this != OTHER && this != DUPLICATE_KEY && this != NOT_WRITER;
        }
    }

    static Fault classify(Throwable thrown) {
        SQLException error = sqlException(thrown);
        if (error == null) {
            return Fault.OTHER;
        }
        return switch (error.getErrorCode()) {
            // 1020 is MariaDB's "record has changed since last read"; 1180 and 3101 are Group Replication's refusals.
            case 1213, 1020, 1180, 3101 -> Fault.ROLLED_BACK;
            case 1205, 3572 -> Fault.LOCK_WAIT;
            case 1062 -> Fault.DUPLICATE_KEY;
            case 1290, 1792, 1836 -> Fault.NOT_WRITER;
            case 1040, 1203, 1226 -> Fault.NEVER_STARTED;
            // 1047 is a Galera node without a quorum; 1053 a server shutting down; 1927 a killed connection (MariaDB).
            case 1047, 1053, 1927, 3169, 4031 -> Fault.CONNECTION_LOST;
            default -> withoutKnownNumber(error);
        };
    }

    private static Fault withoutKnownNumber(SQLException error) {
        if (error instanceof SQLTransientConnectionException) {
            return Fault.NEVER_STARTED;
        }
        String state = error.getSQLState();
        return state != null && state.startsWith("08") ? Fault.CONNECTION_LOST : Fault.OTHER;
    }

    /** Whether the server of this connection no longer accepts writes, so that the pool must let go of it. */
    public static boolean writerLost(SQLException error) {
        return classify(error) == Fault.NOT_WRITER;
    }

    /** Whether a database, or the way to it, said this. */
    static boolean isOfDatabase(Throwable thrown) {
        return sqlException(thrown) != null;
    }

    static Busy busy(Busy.Repeat repeat, Throwable failed) {
        return new Busy("the database could not do it now", RETRY_AFTER, repeat, failed);
    }

    /** What leaves this module instead of what a database said: nothing that a caller needs jOOQ for. */
    static RuntimeException translated(Throwable failed) {
        SQLException error = sqlException(failed);
        if (error == null) {
            return failed instanceof RuntimeException other && !(failed instanceof DataAccessException)
                    ? other
                    : new IllegalStateException("the database answered what was not understood", failed);
        }
        return switch (error.getErrorCode()) {
            case 1146, 1054 ->
                new IllegalStateException(
                        "Flashsale's tables are missing, or of another version: call Schema.migrate(dataSource), or have an"
                                + " administrator run what it says (" + error.getMessage() + ")",
                        failed);
            case 1044, 1142, 1143, 1227, 1370 ->
                new IllegalStateException(
                        "the database user lacks a right: it needs select, insert, update and delete on Flashsale's tables ("
                                + error.getMessage() + ")",
                        failed);
            case 1290, 1792, 1836 ->
                new IllegalStateException(
                        "the transaction, or the server, is read-only, and this writes (" + error.getMessage() + ")",
                        failed);
            default -> {
                var spring = TRANSLATOR.translate("Flashsale", null, error);
                yield spring != null ? spring : new UncategorizedSQLException("Flashsale", null, error);
            }
        };
    }

    private static @Nullable SQLException sqlException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
