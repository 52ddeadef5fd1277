package dev.flashsale.app.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.app.bench.Crowd.Answer;
import dev.flashsale.domain.hold.HoldId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The most that a database can do of it: the rows that a hold writes, in batches of the size of ours, inserted with one
 * statement and one commit for each batch, and nothing else: no stock, no decision, no lock, nobody who waits.
 */
final class BareLimit {

    private static final int MOST_CONNECTIONS = 2;

    private final HikariDataSource pool;
    private final Supplier<HoldId> ids;
    private final int batch;
    private final String insert;

    private BareLimit(HikariDataSource pool, Supplier<HoldId> ids, int batch) {
        this.pool = pool;
        this.ids = ids;
        this.batch = batch;
        this.insert = "insert into flashsale_bench_limit (id, product_id, quantity, status, expires_at) values "
                + String.join(", ", Collections.nCopies(batch, "(?, ?, 1, 'active', '2000-01-01')"));
    }

    /**
     * @param pool with auto-commit off, on a migrated schema
     * @param batch rows in one commit
     */
    static BareLimit on(HikariDataSource pool, Supplier<HoldId> ids, int batch) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("create table flashsale_bench_limit like flashsale_hold");
        }
        return new BareLimit(pool, ids, batch);
    }

    /** Half of the window with one connection, half with two; the better one counts. */
    Tally run(Duration window) throws InterruptedException {
        Tally best = null;
        for (int connections = 1; connections <= MOST_CONNECTIONS; connections++) {
            Tally batches = Crowd.run(connections, window.dividedBy(MOST_CONNECTIONS), caller -> this::insertBatch);
            if (best == null || batches.rate() * batch > best.rate()) {
                best = new Tally(
                        batches.took(),
                        batches.done() * batch,
                        batches.refused(),
                        batches.failed(),
                        batches.latencyNanos(),
                        connections + (connections == 1 ? " connection" : " connections") + ", batches of " + batch);
            }
        }
        return Objects.requireNonNull(best);
    }

    private Answer insertBatch() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int i = 0; i < batch; i++) {
                statement.setBytes(2 * i + 1, Textbook.bytes(ids.get().value()));
                statement.setLong(2 * i + 2, 1);
            }
            int unused = statement.executeUpdate();
            connection.commit();
        }
        return Answer.DONE;
    }
}
