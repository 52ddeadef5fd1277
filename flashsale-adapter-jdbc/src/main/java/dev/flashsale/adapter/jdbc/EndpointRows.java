package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ENDPOINT;

import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** How an endpoint's row is read. */
final class EndpointRows {

    static final List<Field<?>> FIELDS = List.of(
            FLASHSALE_ENDPOINT.ENDPOINT_ID,
            FLASHSALE_ENDPOINT.URL,
            FLASHSALE_ENDPOINT.KINDS,
            FLASHSALE_ENDPOINT.SECRET,
            FLASHSALE_ENDPOINT.FORMER_SECRET,
            FLASHSALE_ENDPOINT.FORMER_UNTIL,
            FLASHSALE_ENDPOINT.CREATED_AT,
            FLASHSALE_ENDPOINT.DISABLED_WHY,
            FLASHSALE_ENDPOINT.FAILING_SINCE);

    private EndpointRows() {}

    static Endpoint read(Row row) throws SQLException {
        return new Endpoint(
                new EndpointId(row.number()),
                URI.create(row.text()),
                JdbcEndpoints.kinds(row.text()),
                EndpointSecret.parse(row.text()),
                secretIfAny(row.textIfAny()),
                row.timeIfAny(),
                row.time(),
                row.textIfAny(),
                row.timeIfAny());
    }

    private static @Nullable EndpointSecret secretIfAny(@Nullable String text) {
        return text == null ? null : EndpointSecret.parse(text);
    }
}
