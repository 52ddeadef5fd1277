package dev.flashsale.adapter.jdbc.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/**
 * A migrated schema of its own on a real database, one for each JVM, gone when the JVM ends: on the server that
 * {@code FLASHSALE_TEST_DATABASE_URL} names ({@code jdbc:mysql://host:port/}, with {@code …_USERNAME}, by default
 * root, and {@code …_PASSWORD}, by default empty), else on MySQL in a container where a Docker engine answers, else on
 * the embedded MariaDB. Tests are never skipped for want of a database.
 *
 * @param url of the schema, without parameters
 */
public record TestDatabase(String url, String username, String password) {

    private static final ArrayDeque<Cleanup> CLEANUPS = new ArrayDeque<>();

    /** Whether the server itself goes, with all that is in it: it stops by itself when the JVM ends, and may do so first. */
    private static volatile boolean thrownAway;

    private static final class Holder {
        static final TestDatabase INSTANCE = start();
    }

    public static TestDatabase get() {
        return Holder.INSTANCE;
    }

    /**
     * A pool of its own, as a separate node of the application has it; the caller closes it. Its sessions are in a zone
     * that is neither the JVM's nor UTC, so that a time that depends on it shows. Without TLS, so that a test may look
     * into what goes over the wire.
     */
    public HikariDataSource newPool(int size) {
        return newPool(size, url);
    }

    /** The same, reached through another address. */
    public HikariDataSource newPoolThrough(int port, int size) {
        return newPool(size, url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/"));
    }

    private HikariDataSource newPool(int size, String address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address
                + "?connectTimeout=5000&socketTimeout=30000&useLocalSessionState=true&allowPublicKeyRetrieval=true"
                + "&sslMode=DISABLED&sessionVariables=innodb_lock_wait_timeout=2,time_zone=%27%2B05:30%27");
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url + "?allowPublicKeyRetrieval=true", username, password);
    }

    private static TestDatabase start() {
        try {
            TestDatabase server = server();
            TestDatabase database = server.withNewSchema();
            try (HikariDataSource pool = database.newPool(1)) {
                Schema.migrate(pool);
            }
            return database;
        } catch (RuntimeException failed) {
            throw new IllegalStateException("no database for the tests", failed);
        }
    }

    private static TestDatabase server() {
        String given = System.getenv("FLASHSALE_TEST_DATABASE_URL");
        if (given != null && !given.isBlank()) {
            return new TestDatabase(
                    given.endsWith("/") ? given : given + "/",
                    System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_USERNAME", "root"),
                    System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_PASSWORD", ""));
        }
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    private static TestDatabase container() {
        MySQLContainer mysql = new MySQLContainer("mysql:9.7");
        mysql.withUsername("root").withPassword("flashsale");
        mysql.start();
        atExit(mysql::stop);
        return new TestDatabase(
                "jdbc:mysql://" + mysql.getHost() + ":" + mysql.getMappedPort(3306) + "/", "root", "flashsale");
    }

    private static TestDatabase embedded() {
        TestDatabase server = new TestDatabase(EmbeddedMariaDb.serverUrl(), EmbeddedMariaDb.USERNAME, "");
        thrownAway = true;
        return server;
    }

    /** An empty schema on the same server, gone when the JVM ends. */
    public TestDatabase withNewSchema() {
        String name =
                "flashsale_test_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        TestDatabase server = new TestDatabase(url.substring(0, url.lastIndexOf('/') + 1), username, password);
        try {
            server.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException("no new schema", failed);
        }
        if (!thrownAway) {
            atExit(() -> server.execute("drop database if exists " + name));
        }
        return new TestDatabase(server.url + name, username, password);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Cleanup {
        void run() throws Exception;
    }

    /** Runs in the reverse order of registration: the schema is dropped before its server stops. */
    private static synchronized void atExit(Cleanup cleanup) {
        if (CLEANUPS.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::cleanUp, "test-database-cleanup"));
        }
        CLEANUPS.push(cleanup);
    }

    private static synchronized void cleanUp() {
        for (Cleanup cleanup : CLEANUPS) {
            try {
                cleanup.run();
            } catch (Exception failed) {
                System.err.println("test database not cleaned up: " + failed);
            }
        }
    }
}
