package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a server's {@code max_allowed_packet} must be. Of all statements the one that keeps outcomes has the longest rows;
 * a key of quotes is sent as twice as many.
 */
class LargestStatementTest {

    private static final int ONE_MEGABYTE = 1 << 20;

    private static final List<KeptOutcome> LARGEST = IntStream.range(0, Sql.MAX_LENGTH)
            .mapToObj(i -> new KeptOutcome(
                    new ScopedKey("'".repeat(390) + "%010d".formatted(i)),
                    "x".repeat(KeptOutcome.MAX_REQUEST),
                    "x".repeat(KeptOutcome.MAX_OUTCOME)))
            .toList();

    @Test
    void itFitsIntoAMegabyte() {
        assertThat(insertedThroughPacketsOf(ONE_MEGABYTE)).isEqualTo(LARGEST.size());
    }

    /** Otherwise the test above would show nothing. */
    @Test
    void itDoesNotFitIntoHalfOfOne() {
        assertThatThrownBy(() -> insertedThroughPacketsOf(ONE_MEGABYTE / 2)).hasStackTraceContaining("PacketTooBig");
    }

    private static int insertedThroughPacketsOf(int bytes) {
        TestDatabase database = TestDatabase.get();
        HikariConfig config = FlashsalePool.newConfig(
                database.url() + "?allowPublicKeyRetrieval=true&maxAllowedPacket=" + bytes, Duration.ofSeconds(30));
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Ports ports = Ports.of(JdbcPorts.on(pool));
            ports.transactions().run(tx -> {
                ports.idempotencyKeys().insert(LARGEST);
                return LARGEST;
            });
            return ports.transactions()
                    .run(tx -> ports.idempotencyKeys().deleteOlderThan(Duration.ZERO, LARGEST.size()));
        }
    }
}
