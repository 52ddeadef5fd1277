package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a server has to do with others: on a member of a cluster, what another has committed may not be seen for a moment, unless
 * the session says that it waits for it.
 */
enum Cluster {
    NONE("", ""),
    GALERA("set session wsrep_sync_wait = 7", "set session wsrep_sync_wait = @@global.wsrep_sync_wait"),
    GROUP_REPLICATION(
            "set session group_replication_consistency = 'BEFORE'",
            "set session group_replication_consistency = @@global.group_replication_consistency");

    private static final String MEMBERSHIP =
            "show global variables where variable_name in ('wsrep_on', 'group_replication_group_name')";

    private final String waits;
    private final String waitsNoMore;

    Cluster(String waits, String waitsNoMore) {
        this.waits = waits;
        this.waitsNoMore = waitsNoMore;
    }

    static Cluster of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet variables = statement.executeQuery(MEMBERSHIP)) {
            while (variables.next()) {
                String value = variables.getString(2);
                if (variables.getString(1).equalsIgnoreCase("wsrep_on")) {
                    if (value.equalsIgnoreCase("ON") || value.equals("1")) {
                        return GALERA;
                    }
                } else if (!value.isBlank()) {
                    return GROUP_REPLICATION;
                }
            }
        }
        return NONE;
    }

    /**
     * From now on the first statement of each transaction waits until everything is seen that was committed before it, on
     * whichever member.
     */
    Session seeingEverything(Connection connection) throws SQLException {
        run(connection, waits);
        return new Session(connection, waitsNoMore);
    }

    /** Until it is closed. */
    record Session(Connection connection, String end) implements AutoCloseable {

        /** A session that cannot be told to wait no more is not lent again. */
        @Override
        public void close() {
            try {
                run(connection, end);
            } catch (SQLException | RuntimeException failed) {
                Driver.abort(connection);
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        if (!sql.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute(sql);
            }
        }
    }

    /** The work must be run again, seeing everything. */
    static final class LookAgain extends RuntimeException {

        private final Cluster cluster;

        LookAgain(Cluster cluster) {
            super("not seen yet, perhaps", null, false, false);
            this.cluster = cluster;
        }

        Cluster cluster() {
            return cluster;
        }
    }

    /** Asked once for a door to the database: who becomes a member does so with a restart. */
    static final class Membership {

        private volatile @Nullable Cluster known;

        Cluster of(Connection connection) {
            Cluster cluster = known;
            if (cluster == null) {
                try {
                    cluster = Cluster.of(connection);
                } catch (SQLException failed) {
                    throw new SqlFailure(failed);
                }
                known = cluster;
            }
            return cluster;
        }
    }
}
