package dev.flashsale.adapter.jdbc.hosts;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;

/** A host's pools, when nobody uses them but the housekeeping, now and then. */
public record Pools(List<Pool> all) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param active how many of its connections are in use
     * @param idle how many are not
     */
    public record Pool(DataSource dataSource, IntSupplier active, IntSupplier idle) {}

    public static Pools of(HikariDataSource... pools) {
        return new Pools(Arrays.stream(pools).map(Pools::hikari).toList());
    }

    private static Pool hikari(HikariDataSource pool) {
        return new Pool(
                pool,
                () -> of(pool, HikariPoolMXBean::getActiveConnections),
                () -> of(pool, HikariPoolMXBean::getIdleConnections));
    }

    /** None before its first connection. */
    private static int of(HikariDataSource pool, ToIntFunction<HikariPoolMXBean> number) {
        HikariPoolMXBean numbers = pool.getHikariPoolMXBean();
        return numbers == null ? 0 : number.applyAsInt(numbers);
    }

    void check(Violations violations) throws SQLException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (inUse() != 0 && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        if (inUse() != 0) {
            violations.add("connections leaked", inUse());
        }
        for (Pool pool : all) {
            Set<String> sessions = sessions(pool);
            if (sessions.size() > 1) {
                violations.add("connections are not as they were", sessions);
            }
        }
    }

    private int inUse() {
        return all.stream().mapToInt(pool -> pool.active().getAsInt()).sum();
    }

    /** What the connections that are in the pool are set to: what a transaction sets, it sets back. */
    private static Set<String> sessions(Pool pool) throws SQLException {
        Set<String> sessions = new TreeSet<>();
        List<Connection> borrowed = new ArrayList<>();
        try {
            int idle = pool.idle().getAsInt();
            for (int number = 0; number < idle; number++) {
                Connection connection = pool.dataSource().getConnection();
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
