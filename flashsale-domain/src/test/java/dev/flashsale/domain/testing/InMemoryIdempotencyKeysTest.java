package dev.flashsale.domain.testing;

import dev.flashsale.domain.idempotency.ScopedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

final class InMemoryIdempotencyKeysTest extends IdempotencyKeyRepositoryContract {

    private final InMemoryDatabase database = new InMemoryDatabase();

    @Override
    protected Repositories repositories() {
        return database.repositories();
    }

    @Override
    protected <T> T inTransaction(Supplier<T> work) {
        return database.inTransaction(work);
    }

    @Override
    protected Instant now() {
        return database.now();
    }

    @Override
    protected void growOld(ScopedKey key, Duration by) {
        database.advance(by);
    }
}
