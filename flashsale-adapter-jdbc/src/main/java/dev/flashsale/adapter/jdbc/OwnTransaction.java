package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction on a connection that nobody else has. What is not committed is rolled back when it is closed. */
final class OwnTransaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTransaction.class);

    private final Connection connection;
    private final int isolationBefore;
    private final boolean autoCommitBefore;
    private final boolean readOnly;
    private final int isolation;
    private boolean committed;

    private OwnTransaction(Connection connection, int isolation, boolean readOnly) throws SQLException {
        this.connection = connection;
        this.isolation = isolation;
        this.readOnly = readOnly;
        isolationBefore = connection.getTransactionIsolation();
        autoCommitBefore = connection.getAutoCommit();
    }

    /** Closes the connection if that fails. */
    static OwnTransaction begin(Connection connection, int isolation, boolean readOnly) throws SQLException {
        try {
            return Driver.call(() -> {
                OwnTransaction own = new OwnTransaction(connection, isolation, readOnly);
                if (own.isolationBefore != isolation) {
                    connection.setTransactionIsolation(isolation);
                }
                if (readOnly) {
                    connection.setReadOnly(true);
                }
                if (own.autoCommitBefore) {
                    connection.setAutoCommit(false);
                }
                return own;
            });
        } catch (SQLException | RuntimeException | Error failed) {
            try (connection) {
                cutIfUnfit(connection, failed);
                throw failed;
            }
        }
    }

    void commit() throws SQLException {
        Driver.run(connection::commit);
        committed = true;
    }

    /** What it failed of may be known here and not to the connection's pool. */
    static void cutIfUnfit(Connection connection, Throwable failed) {
        if (JdbcErrors.classify(failed).leavesConnection()) {
            Driver.abort(connection);
        }
    }

    /** Whatever fails in here changes nothing of what was done: the connection is gone, or its pool sees to it. */
    @Override
    public void close() {
        try (connection) {
            if (!committed) {
                connection.rollback();
            }
            if (autoCommitBefore) {
                connection.setAutoCommit(true);
            }
            if (isolationBefore != isolation) {
                connection.setTransactionIsolation(isolationBefore);
            }
            if (readOnly) {
                connection.setReadOnly(false);
            }
        } catch (SQLException | RuntimeException failed) {
            LOG.debug("a connection could not be given back as it was", failed);
        }
    }
}
