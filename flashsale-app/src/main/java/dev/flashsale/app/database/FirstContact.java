package dev.flashsale.app.database;

import dev.flashsale.adapter.jdbc.pool.WriterDataSource;
import dev.flashsale.app.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a database that may still be starting, and says in one line what is wrong with one that cannot be used. */
final class FirstContact {

    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int DATABASE_DENIED = 1044;
    private static final int ACCESS_DENIED = 1045;
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int HOST_NOT_ALLOWED = 1130;
    private static final int NOT_WRITER = 1290;

    private final Access access;
    private final Duration patience;

    FirstContact(Access access, Duration patience) {
        this.access = access;
        this.patience = patience;
    }

    /** What the server is like. */
    List<Finding> await() {
        DataSource writer = new WriterDataSource(access.url(), access.properties(patience));
        long giveUpAt = System.nanoTime() + patience.toNanos();
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = writer.getConnection()) {
                return ServerChecks.of(connection);
            } catch (SQLException e) {
                if (!mayPass(e) || System.nanoTime() > giveUpAt) {
                    throw new Problem(explanation(e), e);
                }
            }
            if (attempt == 1) {
                LOG.info("Waiting up to {} s for the {}", patience.toSeconds(), access);
            }
            pause();
        }
    }

    /** The server says no with a number of its own; what has none is a matter of reaching it, or of how to log in. */
    private static boolean mayPass(SQLException e) {
        boolean unreached = e.getErrorCode() == 0
                && String.valueOf(e.getSQLState()).startsWith("08")
                && !isKeyMissing(e)
                && !isTlsRefused(e);
        return unreached || e.getErrorCode() == TOO_MANY_CONNECTIONS || e.getErrorCode() == NOT_WRITER;
    }

    private static boolean isKeyMissing(SQLException e) {
        return oneLine(rootOf(e)).contains("Public Key Retrieval is not allowed");
    }

    /** A handshake that was cut off, as by a server that stops, may succeed later. */
    private static boolean isTlsRefused(SQLException e) {
        Throwable root = rootOf(e);
        boolean ofTls = oneLine(root).contains("SSL")
                || root instanceof GeneralSecurityException
                || root instanceof SSLException;
        return ofTls && !(root instanceof IOException && !(root instanceof SSLException));
    }

    private String explanation(SQLException e) {
        return switch (e.getErrorCode()) {
            case ACCESS_DENIED ->
                "The server at " + access.address() + " refuses the user " + access.username()
                        + " with this password: check flashsale.database.username and FLASHSALE_DATABASE_PASSWORD";
            case DATABASE_DENIED ->
                "The user " + access.username() + " may not use the " + access + ": grant it with GRANT ALL ON "
                        + access.database() + ".* TO …";
            case UNKNOWN_DATABASE ->
                "There is no " + access + ": create it with CREATE DATABASE " + access.database()
                        + " CHARACTER SET utf8mb4";
            case TOO_MANY_CONNECTIONS ->
                "The server at " + access.address() + " has all the connections that it takes: raise its"
                        + " max_connections or lower flashsale.database.pool-size";
            case HOST_NOT_ALLOWED ->
                "The server at " + access.address() + " lets nobody in from this machine: allow the user "
                        + access.username() + " to log in from here";
            case NOT_WRITER ->
                "The " + access + " takes no changes (" + oneLine(e)
                        + "): name the writer in flashsale.database.url, or"
                        + " all servers that may become it, jdbc:mysql://a:3306,b:3306/" + access.database();
            default ->
                isKeyMissing(e)
                        ? keyMissing()
                        : isTlsRefused(e)
                                ? tlsRefused(e)
                                : mayPass(e) ? unreachable(e) : "The " + access + " cannot be used: " + oneLine(e);
        };
    }

    private String keyMissing() {
        return "The server at " + access.address() + " takes the password of " + access.username()
                + " only encrypted, and"
                + " there is no TLS: add sslMode=REQUIRED to flashsale.database.url, or allowPublicKeyRetrieval=true where"
                + " nobody can come between";
    }

    private String tlsRefused(SQLException e) {
        return "No TLS with the server at " + access.address() + " (" + oneLine(rootOf(e)) + "): check sslMode and the"
                + " certificates in flashsale.database.url; sslMode=PREFERRED takes what the server has";
    }

    private String unreachable(SQLException e) {
        return "No database answers at " + access.address() + " (" + oneLine(rootOf(e))
                + "): check that it runs, that host and port in flashsale.database.url are right and that no firewall"
                + " is between";
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted while waiting for the database", e);
        }
    }
}
