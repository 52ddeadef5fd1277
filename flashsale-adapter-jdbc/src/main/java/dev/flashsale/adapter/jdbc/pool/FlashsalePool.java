package dev.flashsale.adapter.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** HikariCP, which the program adds itself (6.3 or newer), set up so that the use cases behave when the database does not. */
public final class FlashsalePool {

    private static final Duration CONNECTION_WITHIN = Duration.ofSeconds(3);
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(1);

    private FlashsalePool() {}

    /**
     * A pool that is Flashsale's alone. Login, size and name are the caller's to set, and so is anything else; then
     * {@link #open}.
     *
     * <ul>
     *   <li>{@link DriverProperties#complete};
     *   <li>READ COMMITTED, and autoCommit off: each transaction would otherwise set both, there and back, four round
     *       trips. <strong>What is written outside of a transaction is undone</strong>: such a pool is not for code
     *       that relies on autoCommit;
     *   <li>3 s until whoever finds no connection free is told {@code Busy}, and 1 s of it for one that has been idle to
     *       show that it is alive;
     *   <li>{@link EvictFormerWriter}.
     * </ul>
     *
     * @param url of MySQL or MariaDB, for Connector/J
     * @param answerWithin see {@link DriverProperties#bounds}; 5 s is what the server of this project takes
     */
    public static HikariConfig newConfig(String url, Duration answerWithin) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(DriverProperties.complete(url, answerWithin));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECTION_WITHIN.toMillis());
        config.setValidationTimeout(ALIVE_WITHIN.toMillis());
        config.setExceptionOverride(new EvictFormerWriter());
        return config;
    }

    /**
     * Starts a pool whose connections lead to the writer alone ({@link WriterDataSource}), and which leaves a server at once
     * that no longer is: told so on one connection, it lets go of all. While there is no writer it looks for one, ten times
     * a second and for as long as it is open; HikariCP by itself pauses for up to 5 s.
     *
     * @param config with a {@code jdbcUrl}; it is not changed
     * @throws IllegalArgumentException if it has no {@code jdbcUrl}, or one that {@link WriterDataSource} refuses
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if there is no writer now
     */
    public static HikariDataSource open(HikariConfig config) {
        String url = config.getJdbcUrl();
        if (url == null) {
            throw new IllegalArgumentException("the pool has no jdbcUrl");
        }
        HikariConfig following = new HikariConfig();
        config.copyStateTo(following);
        AtomicReference<@Nullable HikariDataSource> opened = new AtomicReference<>();
        following.setDataSource(new WriterDataSource(url, config.getDataSourceProperties(), () -> {
            HikariDataSource pool = opened.get();
            return pool != null && !pool.isClosed();
        }));
        SQLExceptionOverride theirs = config.getExceptionOverride();
        following.setExceptionOverride(
                new EvictFormerWriter(theirs == null ? new SQLExceptionOverride() {} : theirs, () -> {
                    HikariDataSource pool = opened.get();
                    if (pool != null) {
                        pool.getHikariPoolMXBean().softEvictConnections();
                    }
                }));
        HikariDataSource pool = new HikariDataSource(following);
        opened.set(pool);
        return pool;
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
