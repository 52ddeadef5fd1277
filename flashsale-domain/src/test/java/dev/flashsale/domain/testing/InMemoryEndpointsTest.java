package dev.flashsale.domain.testing;

import java.time.Instant;
import java.util.function.Supplier;

final class InMemoryEndpointsTest extends EndpointRepositoryContract {

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
}
