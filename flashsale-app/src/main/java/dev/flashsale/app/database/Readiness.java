package dev.flashsale.app.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.pool.WriterCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a change can be written now: the server of a pooled connection takes changes, and says so in time. */
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(1500);
    private static final Duration STATEMENT_WITHIN = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private CompletableFuture<Boolean> asking = CompletableFuture.completedFuture(true);

    Readiness(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Within 2 s, whatever the database does. Whoever asks meanwhile shares the answer, so that no askers pile up. */
    boolean now() {
        try {
            return asked().get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notNow) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> asked() {
        if (asking.isDone()) {
            asking = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
        }
        return asking;
    }

    private boolean ask() {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(STATEMENT_WITHIN.toMillis()));
            Optional<String> whyNot = WriterCheck.whyNot(connection);
            whyNot.ifPresent(why -> {
                LOG.warn("Not ready: the database {}", why);
                pool.getHikariPoolMXBean().softEvictConnections();
            });
            return whyNot.isEmpty();
        } catch (SQLException notNow) {
            return false;
        }
    }
}
