package dev.flashsale.adapter.jdbc.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a connection's server is the one that takes changes, of those that hold the same data. */
public final class WriterCheck {

    private static final Logger LOG = LoggerFactory.getLogger(WriterCheck.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private static final String GROUP = "group_name";
    private static final String GALERA = "wsrep";

    /** What MariaDB alone answers. */
    static final String OF_MARIADB = GALERA;

    /** Each server leaves out what is in the other's comments. An Aurora reader is read-only by InnoDB's variable alone. */
    private static final String STATE = """
            select @@global.read_only read_only, @@global.innodb_read_only innodb_read_only, @@wait_timeout wait_timeout
            /*!80000 , @@global.offline_mode offline_mode, (select variable_value from performance_schema.global_variables
             where variable_name = 'group_replication_group_name') group_name */
            /*M! , (select group_concat(variable_value order by variable_name) from information_schema.global_status
             where variable_name in ('WSREP_CLUSTER_STATUS', 'WSREP_READY')) wsrep */
            """;

    /** A member that was never started has no id. */
    private static final String MEMBER =
            "select member_state from performance_schema.replication_group_members where member_id in ('', @@server_uuid)";

    /** MariaDB 12 has words for it. */
    private static final Set<String> OFF = Set.of("0", "off");

    private WriterCheck() {}

    /**
     * Why the server is not the writer, in a few words: it is read-only or offline, or not in its group or cluster. One
     * round trip, two to a member of a group. Nothing if it is the writer, or cannot be told apart from one.
     */
    public static Optional<String> whyNot(Connection connection) throws SQLException {
        return whyNot(connection, state(connection));
    }

    static Map<String, String> state(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            Map<String, String> state = new LinkedHashMap<>();
            if (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    String value = row.getString(i);
                    state.put(row.getMetaData().getColumnLabel(i), value == null ? "" : value);
                }
            }
            return state;
        }
    }

    static Optional<String> whyNot(Connection connection, Map<String, String> state) throws SQLException {
        for (String name : Set.of("read_only", "innodb_read_only", "offline_mode")) {
            String value = state.getOrDefault(name, "0");
            if (!OFF.contains(value.toLowerCase(Locale.ROOT))) {
                return Optional.of("has " + name + "=" + value);
            }
        }
        return switch (state.getOrDefault(GALERA, "")) {
            case "non-Primary,ON", "non-Primary,OFF" -> Optional.of("is of the smaller part of its cluster");
            case "Primary,OFF" -> Optional.of("is not ready in its cluster");
            default ->
                state.getOrDefault(GROUP, "").isEmpty()
                        ? Optional.empty()
                        : member(connection)
                                .filter(told -> !told.equals("ONLINE"))
                                .map(told -> "is " + told + " in its group");
        };
    }

    private static Optional<String> member(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MEMBER)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException refused) {
            if (refused.getErrorCode() != 1142) {
                throw refused;
            }
            if (TOLD.compareAndSet(false, true)) {
                LOG.warn(
                        "Whether a server is in its group cannot be told: grant SELECT ON"
                                + " performance_schema.replication_group_members, or one that runs outside of it is written to");
            }
            return Optional.empty();
        }
    }
}
