package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.testing.EndpointRepositoryContract;
import dev.flashsale.domain.testing.Repositories;
import java.time.Instant;
import java.util.function.Supplier;

class JdbcEndpointRepositoryTest extends EndpointRepositoryContract {

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
}
