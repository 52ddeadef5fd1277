package dev.flashsale.adapter.jdbc.hosts;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A host's pools, when nobody uses them. */
public record Pools(List<HikariDataSource> all) {

    public static Pools of(HikariDataSource... pools) {
        return new Pools(Arrays.asList(pools));
    }

    void check(Violations violations) throws SQLException {
        int inUse = all.stream()
                .map(HikariDataSource::getHikariPoolMXBean)
                // None before its first connection.
                .filter(Objects::nonNull)
                .mapToInt(HikariPoolMXBean::getActiveConnections)
                .sum();
        if (inUse != 0) {
            violations.add("connections leaked", inUse);
        }
        for (HikariDataSource pool : all) {
            Set<String> sessions = sessions(pool);
            if (sessions.size() > 1) {
                violations.add("connections are not as they were", sessions);
            }
        }
    }

    /** What the connections that are in the pool are set to: what a transaction sets, it sets back. */
    private static Set<String> sessions(HikariDataSource pool) throws SQLException {
        Set<String> sessions = new TreeSet<>();
        List<Connection> borrowed = new ArrayList<>();
        try {
            int idle = pool.getHikariPoolMXBean() == null
                    ? 0
                    : pool.getHikariPoolMXBean().getIdleConnections();
            for (int number = 0; number < idle; number++) {
                Connection connection = pool.getConnection();
                borrowed.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "select @@autocommit, @@transaction_isolation, @@transaction_read_only")) {
                    row.next();
                    sessions.add(
                            "autocommit " + row.getInt(1) + ", " + row.getString(2) + ", read only " + row.getInt(3));
                }
            }
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
        }
        return sessions;
    }
}
