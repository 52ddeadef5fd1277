package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.IdempotencyKeyRepositoryContract;
import dev.flashsale.domain.testing.Repositories;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JdbcIdempotencyKeyRepositoryTest extends IdempotencyKeyRepositoryContract {

    @Override
    protected Repositories repositories() {
        return OnTestDatabase.repositories();
    }

    @Override
    protected <T> T inTransaction(Supplier<T> work) {
        return OnTestDatabase.inTransaction(work);
    }

    @Override
    protected Instant now() {
        return OnTestDatabase.now();
    }

    @Test
    void whatAnotherHasLockedIsPassedOver() throws SQLException {
        KeptOutcome old = new KeptOutcome(ScopedKey.ofOrder(Examples.newIdempotencyKey()), "request", "outcome");
        KeptOutcome unused = inTransaction(() -> {
            repositories().idempotencyKeys().insert(List.of(old));
            return old;
        });
        growOld(old.key(), Duration.ofDays(1));
        try (Connection other = TestDatabase.get().connect();
                PreparedStatement lock =
                        other.prepareStatement("select id from flashsale_idempotency_key where id = ? for update")) {
            other.setAutoCommit(false);
            lock.setString(1, old.key().value());
            assertThat(lock.executeQuery().next()).isTrue();

            assertThat(deleted()).isZero();

            other.rollback();
        }
        assertThat(deleted()).isEqualTo(1);
    }

    private int deleted() {
        return inTransaction(() -> repositories().idempotencyKeys().deleteOlderThan(Duration.ofDays(1), 10));
    }

    @Override
    protected void growOld(ScopedKey key, Duration by) {
        try (Connection connection = OnTestDatabase.POOL.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update flashsale_idempotency_key set kept_at = timestampadd(second, -?, kept_at) where id = ?")) {
            connection.setAutoCommit(true);
            statement.setLong(1, by.toSeconds());
            statement.setString(2, key.value());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
