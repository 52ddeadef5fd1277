package dev.flashsale.adapter.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.time.Duration;
import java.util.Properties;

/** HikariCP, which the program adds itself (6.3 or newer), set up so that the use cases behave when the database does not. */
public final class FlashsalePool {

    private static final Duration CONNECTION_WITHIN = Duration.ofSeconds(3);

    private FlashsalePool() {}

    /**
     * A pool that is Flashsale's alone. Login, size and name are the caller's to set, and so is anything else; then
     * {@code new HikariDataSource(config)}.
     *
     * <ul>
     *   <li>{@link DriverProperties#complete};
     *   <li>READ COMMITTED, and autoCommit off: each transaction would otherwise set both, there and back, four round
     *       trips. <strong>What is written outside of a transaction is undone</strong>: such a pool is not for code
     *       that relies on autoCommit;
     *   <li>3 s until whoever finds no connection free is told {@code Busy};
     *   <li>{@link EvictFormerWriter}.
     * </ul>
     *
     * @param url of MySQL or MariaDB, for Connector/J
     * @param answerWithin see {@link DriverProperties#bounds}; 30 s is what the server of this project takes
     */
    public static HikariConfig newConfig(String url, Duration answerWithin) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(DriverProperties.complete(url, answerWithin));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECTION_WITHIN.toMillis());
        config.setExceptionOverride(new EvictFormerWriter());
        return config;
    }

    /**
     * A host's pool that Flashsale shares: {@link DriverProperties#bounds} beside what its URL and its data source
     * properties say, and {@link EvictFormerWriter} before its own override. Isolation, autoCommit, size and the
     * session's zone stay the host's. The bounds are for the host's statements, too.
     *
     * @param pool not started yet, with a {@code jdbcUrl}
     * @throws IllegalArgumentException if it has no {@code jdbcUrl}: its own DataSource is then to be given the
     *     {@link DriverProperties}
     * @throws IllegalStateException if it has been started
     */
    public static void configure(HikariConfig pool, Duration answerWithin) {
        String url = pool.getJdbcUrl();
        if (url == null) {
            throw new IllegalArgumentException("the pool has no jdbcUrl: set one, or give its DataSource what"
                    + " DriverProperties.bounds says and set its exceptionOverride to EvictFormerWriter");
        }
        Properties bounds = DriverProperties.bounds(url, pool.getDataSourceProperties(), answerWithin);
        SQLExceptionOverride theirs = pool.getExceptionOverride();
        pool.setExceptionOverride(theirs == null ? new EvictFormerWriter() : new EvictFormerWriter(theirs));
        bounds.forEach((name, value) -> pool.addDataSourceProperty((String) name, value));
    }
}
