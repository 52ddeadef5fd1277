package dev.flashsale.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import dev.flashsale.adapter.jdbc.pool.WriterDataSource;
import dev.flashsale.app.Problem;
import dev.flashsale.app.settings.FlashsaleSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Migrated schemas of its own, {@code flashsale_bench_…}, on the server that the settings name or else on a throw-away
 * embedded one: what is there already is not touched. Closing it closes their pools and drops them.
 */
public final class ScratchSchemas implements AutoCloseable {

    private static final String PREFIX = "flashsale_bench_";
    private static final int DATABASE_DENIED = 1044;
    private static final int UNKNOWN_DATABASE = 1049;

    private final String name;
    private final Database database;
    private final HikariDataSource first;
    private final Deque<String> schemas = new ArrayDeque<>();
    private final Deque<HikariDataSource> pools = new ArrayDeque<>();

    private ScratchSchemas(String name, Database database) throws SQLException {
        this.name = name;
        this.database = database;
        this.first = database.dataSource().unwrap(HikariDataSource.class);
    }

    /**
     * Reaches the server, or starts an embedded one, and makes the first schema.
     *
     * @throws Problem if that cannot be, or the user may not create a schema
     */
    public static ScratchSchemas open(FlashsaleSettings settings) {
        FlashsaleSettings.Database wanted = settings.database();
        try {
            String schema = newName();
            if (wanted.url().isBlank()) {
                return new ScratchSchemas(schema, Database.open(settings, Purpose.TRY_OUT));
            }
            Access access = new Access(urlOf(wanted.url(), schema), wanted.username(), wanted.password());
            awaitServer(access, wanted.patience());
            execute(
                    urlOf(wanted.url(), ""),
                    access.properties(wanted.patience()),
                    // The driver has made it already if its URL says createDatabaseIfNotExist.
                    "create database if not exists " + schema + " character set utf8mb4");
            try {
                ScratchSchemas opened =
                        new ScratchSchemas(schema, Database.open(settings.onDatabase(access.url()), Purpose.OPERATE));
                opened.schemas.push(schema);
                return opened;
            } catch (RuntimeException e) {
                execute(urlOf(wanted.url(), ""), access.properties(wanted.patience()), "drop database " + schema);
                throw e;
            }
        } catch (SQLException e) {
            throw new Problem("A schema of its own for the bench cannot be made: " + e.getMessage(), e);
        }
    }

    /** A schema that does not exist is the sign that everything else is well. */
    private static void awaitServer(Access access, Duration patience) {
        try {
            new FirstContact(access, patience).await();
        } catch (Problem problem) {
            int error = problem.getCause() instanceof SQLException e ? e.getErrorCode() : 0;
            if (error == DATABASE_DENIED) {
                throw new Problem(
                        "The user " + access.username() + " may not make a schema of its own for the bench: grant it"
                                + " with GRANT ALL ON `flashsale\\_bench\\_%`.* TO …",
                        problem);
            }
            if (error != UNKNOWN_DATABASE) {
                throw problem;
            }
        }
    }

    /** The pool of the first schema. */
    public HikariDataSource pool() {
        return first;
    }

    /** Another pool like the first, on the first schema. */
    public synchronized HikariDataSource newPool() {
        return newPool(first.getJdbcUrl());
    }

    /** Another schema, and a pool like the first on it. */
    public synchronized HikariDataSource newSchema() throws SQLException {
        String schema = name + "_" + (schemas.size() + 1);
        try (Connection connection = first.getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("create database " + schema + " character set utf8mb4");
        }
        schemas.push(schema);
        HikariDataSource pool = newPool(urlOf(first.getJdbcUrl(), schema));
        Schema.migrate(pool);
        return pool;
    }

    private HikariDataSource newPool(String url) {
        HikariConfig config = new HikariConfig();
        first.copyStateTo(config);
        config.setPoolName("bench-" + pools.size());
        config.setJdbcUrl(url);
        // An audit of millions of rows takes as long as it takes.
        Properties patient = new Properties();
        patient.putAll(first.getDataSourceProperties());
        Object unused = patient.setProperty("socketTimeout", "0");
        config.setDataSourceProperties(patient);
        HikariDataSource pool = FlashsalePool.open(config);
        pools.push(pool);
        return pool;
    }

    /** With which the names of all of them begin. */
    public String name() {
        return name;
    }

    public String description() {
        return database.description();
    }

    @Override
    public synchronized void close() {
        pools.forEach(HikariDataSource::close);
        pools.clear();
        try {
            while (!schemas.isEmpty()) {
                execute(
                        urlOf(first.getJdbcUrl(), ""),
                        first.getDataSourceProperties(),
                        "drop database if exists " + schemas.peek());
                String unused = schemas.pop();
            }
        } catch (SQLException e) {
            throw new Problem(
                    "The bench could not tidy up: drop the databases " + schemas + " yourself (" + e.getMessage() + ")",
                    e);
        } finally {
            database.close();
        }
    }

    private static String newName() {
        byte[] random = new byte[6];
        ThreadLocalRandom.current().nextBytes(random);
        return PREFIX + HexFormat.of().formatHex(random);
    }

    private static String urlOf(String url, String schema) {
        return url.replaceFirst("^(jdbc:mysql://[^/?]*)(/[^?]*)?", "$1/" + schema);
    }

    private static void execute(String url, Properties properties, String sql) throws SQLException {
        try (Connection connection = new WriterDataSource(url, properties).getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }
}
