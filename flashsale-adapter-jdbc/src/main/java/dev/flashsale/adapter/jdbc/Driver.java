package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a JDBC driver. What it throws that is no SQLException, such as for a null of its own, is a dying connection's. */
final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    private Driver() {}

    @FunctionalInterface
    interface Call<T> {
        T make() throws SQLException;
    }

    @FunctionalInterface
    interface Command {
        void run() throws SQLException;
    }

    static <T> T call(Call<T> call) throws SQLException {
        try {
            return call.make();
        } catch (RuntimeException failed) {
            if (JdbcErrors.isOfDatabase(failed)) {
                throw failed;
            }
            throw new SQLNonTransientConnectionException("the driver failed: " + failed, "08000", failed);
        }
    }

    static void run(Command command) throws SQLException {
        boolean unused = call(() -> {
            command.run();
            return true;
        });
    }

    /**
     * Cuts the connection, so that it is not lent again by a pool that does not know what the failure means: what is asked of
     * it afterwards fails in a way that every pool knows.
     */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
            connection.rollback();
        } catch (SQLException | RuntimeException failed) {
            LOG.debug("a connection that is of no more use could not be cut", failed);
        }
    }
}
