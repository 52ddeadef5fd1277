package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.testing.SwitchedNetwork;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program dies in mid-transaction, and nobody tells the database: its network has failed, or it stands still. */
@Timeout(60)
class SilentProgramTest {

    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final ProductId product = Examples.newProductId();

    @Test
    void whatItHasLockedIsFreeWithinSeconds() throws Exception {
        assertThat(waitForTheLockOf("")).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
    }

    /** Otherwise the test above would show nothing. */
    @Test
    void withoutTheBoundItIsNot() {
        assertThatThrownBy(() -> waitForTheLockOf("&sessionVariables=wait_timeout=600"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        waited -> assertThat(waited.getErrorCode()).isEqualTo(1205));
    }

    private Duration waitForTheLockOf(String parameters) throws Exception {
        try (SwitchedNetwork network = new SwitchedNetwork(DATABASE);
                HikariDataSource silent = pool(network, parameters);
                HikariDataSource others = DATABASE.newPool(1)) {
            assertThat(Flashsale.on(JdbcPorts.on(others), Settings.defaults())
                            .products()
                            .put(Examples.product(product), 10))
                    .isNotNull();
            lock(silent.getConnection());
            network.swallow(true);

            long from = System.nanoTime();
            try (Connection other = others.getConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("set innodb_lock_wait_timeout = " + PATIENCE.toSeconds());
                lock(other);
                other.rollback();
            }
            return Duration.ofNanos(System.nanoTime() - from);
        }
    }

    private void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet stock = statement.executeQuery(
                        "select * from flashsale_stock where product_id = " + product.value() + " for update")) {
            assertThat(stock.next()).isTrue();
        }
    }

    private static HikariDataSource pool(SwitchedNetwork network, String parameters) {
        HikariConfig config = FlashsalePool.newConfig(
                DATABASE.url().replaceFirst("//[^/]+/", "//" + network.address() + "/")
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true" + parameters,
                Duration.ofSeconds(5));
        config.setUsername(DATABASE.username());
        config.setPassword(DATABASE.password());
        config.setMaximumPoolSize(1);
        return FlashsalePool.open(config);
    }
}
