package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.SwitchedNetwork;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Timeout(60)
class ReadinessTest {

    private static final TestDatabase DATABASE = TestDatabase.get();

    private SwitchedNetwork network;
    private HikariDataSource pool;
    private Readiness readiness;

    @BeforeEach
    void open() throws IOException {
        network = new SwitchedNetwork(DATABASE);
        HikariConfig config = FlashsalePool.newConfig(
                DATABASE.url().replaceFirst("//[^/]+/", "//" + network.address() + "/")
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                Duration.ofSeconds(5));
        config.setUsername(DATABASE.username());
        config.setPassword(DATABASE.password());
        config.setMaximumPoolSize(4);
        pool = FlashsalePool.open(config);
        readiness = new Readiness(pool, () -> pool.getHikariPoolMXBean().softEvictConnections());
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        network.close();
    }

    @Test
    void readyWhereTheServerTakesChanges() {
        assertThat(readiness.whyNot()).isEmpty();
    }

    @Test
    void notReadyWhereTheServerIsReadOnlyAndReadyAsSoonAsItIsNot() {
        network.readOnly(true);
        assertThat(readiness.whyNot()).isPresent();
        assertThat(readiness.whyNot()).isPresent();

        network.readOnly(false);

        assertThat(readiness.whyNot()).isEmpty();
    }

    @Test
    void aConnectionGoesBackAsItCame() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(Runnable::run, 7_000);

            assertThat(new Readiness(new SingleConnectionDataSource(connection, true)).whyNot())
                    .isEmpty();

            assertThat(connection.getNetworkTimeout()).isEqualTo(7_000);
        }
    }

    @Test
    void aReadOnlyServersConnectionsLeaveThePool() {
        network.readOnly(true);

        assertThat(readiness.whyNot()).isPresent();

        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isZero();
    }

    @Test
    void notReadyWithinTwoSecondsWhereNothingAnswers() {
        network.swallow(true);

        long from = System.nanoTime();

        assertThat(readiness.whyNot()).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
    }
}
