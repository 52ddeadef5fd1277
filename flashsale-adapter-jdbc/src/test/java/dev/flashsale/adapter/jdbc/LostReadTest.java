package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server ends a session in the middle of a read, on a pool without autoCommit, whose transaction must end too. */
class LostReadTest {

    private static final TestDatabase DATABASE = TestDatabase.get();

    @Test
    void itIsReadAgainOnAnotherConnection() throws SQLException {
        HikariConfig config =
                FlashsalePool.newConfig(DATABASE.url() + "?allowPublicKeyRetrieval=true", Duration.ofSeconds(5));
        config.setUsername(DATABASE.username());
        config.setPassword(DATABASE.password());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = FlashsalePool.open(config)) {
            String session = session(pool);
            AtomicInteger attempts = new AtomicInteger();

            var found = JdbcPorts.on(pool).read(tx -> {
                if (attempts.incrementAndGet() == 1) {
                    kill(session);
                }
                return tx.products().find(List.of(Examples.newProductId()));
            });

            assertThat(found).isEmpty();
            assertThat(attempts).hasValue(2);
        }
    }

    private static String session(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select connection_id()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void kill(String session) {
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("kill " + session);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
