package dev.flashsale.adapter.jdbc.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a change can be written now: the server of one of a DataSource's connections takes changes, and says so in time.
 * Thread-safe.
 */
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(1500);
    private static final Duration STATEMENT_WITHIN = Duration.ofSeconds(1);
    private static final String SILENT = "does not answer within " + ANSWERED_WITHIN.toMillis() + " ms";

    private final DataSource dataSource;
    private final Runnable notTheWriter;
    private CompletableFuture<Optional<String>> asking = CompletableFuture.completedFuture(Optional.empty());

    /** Of connections that nothing can be done about. */
    public Readiness(DataSource dataSource) {
        this(dataSource, () -> {});
    }

    /** @param notTheWriter told where a server does not take changes, such as to let go of connections to it */
    public Readiness(DataSource dataSource, Runnable notTheWriter) {
        this.dataSource = dataSource;
        this.notTheWriter = notTheWriter;
    }

    /**
     * Why the database takes no changes now, in words that go on from "the database": empty if it does. Within 2 s, whatever the
     * database does. Whoever asks meanwhile shares the answer, so that no askers pile up.
     */
    public Optional<String> whyNot() {
        try {
            return asked().get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notNow) {
            return Optional.of(SILENT);
        } catch (ExecutionException failed) {
            return Optional.of("cannot be asked: " + failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("was not waited for");
        }
    }

    private synchronized CompletableFuture<Optional<String>> asked() {
        if (asking.isDone()) {
            asking = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
        }
        return asking;
    }

    private Optional<String> ask() {
        try (Connection connection = dataSource.getConnection()) {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(STATEMENT_WITHIN.toMillis()));
            Optional<String> whyNot = WriterCheck.whyNot(connection);
            // Not every pool does that by itself.
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setNetworkTimeout(Runnable::run, timeout);
            whyNot.ifPresent(why -> {
                LOG.warn("Not ready: the database {}", why);
                notTheWriter.run();
            });
            return whyNot;
        } catch (SQLException notNow) {
            return Optional.of("cannot be asked: " + notNow.getMessage());
        }
    }
}
