package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tells a connection that a container, such as one of JTA, has enlisted in the transaction that the thread has: what is done on
 * it is the container's to commit, and a batch is the work of many. It comes without autoCommit, and refuses to be rolled
 * back, as JDBC demands. A pool that never has autoCommit is asked once, which costs a round trip.
 */
final class EnlistedConnections {

    private enum Lent {
        NONE_YET,
        WITH_AUTO_COMMIT,
        WITHOUT
    }

    private volatile Lent lent = Lent.NONE_YET;

    /**
     * Undoes nothing but what whoever had this connection before has left.
     *
     * @throws IllegalStateException if somebody else commits what would be done on it; nothing was done
     */
    void refuse(Connection connection) throws SQLException {
        if (Driver.call(connection::getAutoCommit)) {
            if (lent != Lent.WITH_AUTO_COMMIT) {
                lent = Lent.WITH_AUTO_COMMIT;
            }
        } else if (lent != Lent.WITHOUT) {
            rollback(connection);
            if (lent == Lent.NONE_YET) {
                lent = Lent.WITHOUT;
            }
        }
    }

    private static void rollback(Connection connection) throws SQLException {
        try {
            Driver.run(connection::rollback);
        } catch (SQLException failed) {
            if (JdbcErrors.classify(failed) != Fault.OTHER) {
                throw failed;
            }
            throw new IllegalStateException(
                    "this thread has a transaction that only its container may end (JTA), and the DataSource takes part in it:"
                            + " give Flashsale one that takes part in none (Quarkus: quarkus.datasource.<name>.jdbc.transactions"
                            + "=disabled), or call it outside of the transaction (" + failed.getMessage() + ")");
        }
    }
}
