package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.testing.EndpointRepositoryContract;
import dev.flashsale.domain.testing.Repositories;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

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

    @Test
    void oneThatCannotBeReadKeepsNoOtherFromBeingTold() throws SQLException {
        Endpoint well = inTransaction(() -> repositories()
                .endpoints()
                .insert(
                        URI.create("https://shop.example"),
                        Set.of(EventKind.ORDER_PAID),
                        EndpointSecret.random(new SplittableRandom(1))));
        try (Connection connection = OnTestDatabase.POOL.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into flashsale_endpoint (url, kinds, secret, created_at)"
                    + " values ('a b', 'order.paid', 'whsec_no', utc_timestamp(6))");

            assertThat(inTransaction(() -> repositories().endpoints().all())).contains(well);
            assertThat(inTransaction(() -> repositories().endpoints().wanted())).contains(EventKind.ORDER_PAID);

            statement.execute("delete from flashsale_endpoint where url = 'a b'");
        }
    }
}
