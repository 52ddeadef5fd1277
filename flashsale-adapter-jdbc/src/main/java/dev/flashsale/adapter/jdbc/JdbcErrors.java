package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Busy;
import dev.flashsale.application.NotSetUp;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What a database's error means, told by the number of the error and never by its SQLState: MySQL and MariaDB give one
 * SQLState to a deadlock, which rolls the transaction back, and to a lock wait time-out, which does not. What has no
 * number is a driver's or a pool's own, and told by what it is.
 */
public final class JdbcErrors {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_CAUSES = 50;
    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private JdbcErrors() {}

    static Fault classify(Throwable thrown) {
        SQLException error = sqlException(thrown);
        return error == null ? Fault.OTHER : fault(error);
    }

    private static Fault fault(SQLException error) {
        Fault known = Faults.BY_NUMBER.get(error.getErrorCode());
        if (known != null) {
            return known;
        }
        if (error instanceof SQLTransientConnectionException || isOfInterrupt(error)) {
            return Fault.NEVER_STARTED;
        }
        String state = Objects.requireNonNullElse(error.getSQLState(), "");
        if (state.startsWith("08") || (error.getErrorCode() == 0 && isOfLostConnection(error))) {
            return Fault.CONNECTION_LOST;
        }
        return isReadOnly(error) ? Fault.NOT_WRITER : Fault.OTHER;
    }

    private static boolean isOfLostConnection(SQLException error) {
        return error instanceof SQLNonTransientConnectionException
                || error instanceof SQLRecoverableException
                || causes(error).anyMatch(IOException.class::isInstance)
                || String.valueOf(error.getMessage()).startsWith("Connection reset");
    }

    /** Connector/J's connection to a host that is not the first of its list, and says nothing else. */
    private static boolean isReadOnly(SQLException error) {
        return error.getErrorCode() == 0 && String.valueOf(error.getMessage()).startsWith("Connection is read-only");
    }

    /** Whether the server of this connection no longer accepts writes, so that the pool must let go of it. */
    public static boolean writerLost(SQLException error) {
        return classify(error) == Fault.NOT_WRITER;
    }

    /** Whether the connection that said this must not be used again, though its SQLState does not say so. */
    public static boolean connectionUnfit(SQLException error) {
        return classify(error).leavesConnection();
    }

    /** Whether a database, or the way to it, said this. */
    static boolean isOfDatabase(Throwable thrown) {
        return sqlException(thrown) != null;
    }

    /** Whether a pool says that its caller was interrupted while it waited. Some say so and clear the thread's flag. */
    static boolean isOfInterrupt(Throwable thrown) {
        SQLException error = sqlException(thrown);
        return error != null
                && error.getErrorCode() == 0
                && causes(error).anyMatch(InterruptedException.class::isInstance);
    }

    /** Whether it is the transaction that is read-only, whatever its server is. */
    static boolean isOfReadOnlyTransaction(Throwable thrown) {
        SQLException error = sqlException(thrown);
        return error != null && error.getErrorCode() == 1792;
    }

    /** Whether it is certain that a COMMIT that ended so did nothing. Some servers say 1180 of what they have committed. */
    static boolean undone(Throwable thrown) {
        SQLException error = sqlException(thrown);
        return error != null && fault(error) == Fault.ROLLED_BACK && error.getErrorCode() != 1180;
    }

    /** Says so in the log, too. */
    static Busy busy(Busy.Repeat repeat, boolean mayBeDone, Throwable failed) {
        Fault fault = cause(failed);
        String words = words(failed);
        TroubleLog.tell(fault, words);
        return new Busy(
                fault.trouble(),
                (mayBeDone
                                ? "the database did not say whether it was done, ask again under the same ids: "
                                : "the database could not do it now: ")
                        + words,
                RETRY_AFTER,
                repeat,
                mayBeDone,
                failed);
    }

    /** A pool that has no connection in time may say why it could not make one. */
    private static Fault cause(Throwable failed) {
        Fault fault = classify(failed);
        return fault != Fault.NEVER_STARTED
                ? fault
                : causes(failed)
                        .filter(SQLException.class::isInstance)
                        .map(error -> fault((SQLException) error))
                        .filter(deeper -> deeper != Fault.OTHER && deeper != Fault.NEVER_STARTED)
                        .findFirst()
                        .orElse(fault);
    }

    /** Those of the deepest that a database said. */
    private static String words(Throwable failed) {
        return causes(failed)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((first, deeper) -> deeper)
                .map(error -> (error.getErrorCode() == 0 ? "" : error.getErrorCode() + " ") + error.getMessage())
                .orElseGet(failed::toString);
    }

    /** What leaves this module instead of what a database said: nothing that a caller needs jOOQ for. */
    static RuntimeException translated(Throwable failed) {
        SQLException error = sqlException(failed);
        if (error == null) {
            return failed instanceof RuntimeException other && !(failed instanceof DataAccessException)
                    ? other
                    : new IllegalStateException("the database answered what was not understood", failed);
        }
        if (fault(error) == Fault.SETUP) {
            TroubleLog.tell(Fault.SETUP, words(failed));
            return new NotSetUp(missing(error.getErrorCode()) + " (" + error.getMessage() + ")", failed);
        }
        if (isOfReadOnlyTransaction(error)) {
            return new IllegalStateException(
                    "the transaction is read-only, and this writes (" + error.getMessage() + ")", failed);
        }
        var spring = TRANSLATOR.translate("Flashsale", null, error);
        return spring != null ? spring : new UncategorizedSQLException("Flashsale", null, error);
    }

    private static String missing(int number) {
        return switch (number) {
            case 1146, 1054, 1932 ->
                "Flashsale's tables are missing, or of another version: call Schema.migrate(dataSource), or have an"
                        + " administrator run what it says";
            case 1044, 1142, 1143, 1227, 1370 ->
                "the database user lacks a right: it needs select, insert, update and delete on Flashsale's tables";
            default -> "the database is not set up as Flashsale needs it, or does not let it in";
        };
    }

    private static @Nullable SQLException sqlException(Throwable thrown) {
        return causes(thrown)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.<@Nullable Throwable>iterate(
                        thrown, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
                .limit(MAX_CAUSES)
                .flatMap(Stream::ofNullable);
    }
}
