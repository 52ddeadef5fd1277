package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.adapter.rest.Probes.MetricsFormat;
import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.FlashsaleVersion;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String VERSION = "\"version\":\"" + FlashsaleVersion.current() + "\"";

    @RegisterExtension
    private final Service service = new Service();

    @RegisterExtension
    private final Service open = new Service().metricsOpen();

    @Test
    void health_is_up_before_the_books_were_checked_and_when_they_add_up() {
        assertThat(service.get("/health").body()).isEqualTo("{\"status\":\"up\",\"database\":\"up\"," + VERSION + "}");

        service.audit = Optional.of(new LastAudit(AT, 0));

        assertThat(service.get("/health").body())
                .isEqualTo("{\"status\":\"up\",\"database\":\"up\"," + VERSION
                        + ",\"audit\":{\"at\":\"2026-11-22T10:00:00Z\",\"violations\":0}}");
    }

    /** The clock of the server's machine has more. */
    @Test
    void a_moment_has_six_decimals_at_most() {
        service.audit = Optional.of(new LastAudit(AT.plusNanos(123_456_789), 0));
        service.failure = Optional.of(new LastFailure(AT.plusNanos(987_654_321), "purge", "order 1"));

        assertThat(service.get("/health").body())
                .contains("\"at\":\"2026-11-22T10:00:00.123456Z\"", "\"at\":\"2026-11-22T10:00:00.987654Z\"");
    }

    @Test
    void books_that_do_not_add_up_degrade_the_server_and_do_not_take_it_from_buyers() {
        service.audit = Optional.of(new LastAudit(AT, 3));

        Answer health = service.get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().get("status").asString()).isEqualTo("degraded");
        assertThat(health.json().get("audit").get("violations").asInt()).isEqualTo(3);
        assertThat(service.get("/health/ready").status()).isEqualTo(200);
        assertThat(service.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void what_failed_alone_a_while_ago_degrades_the_server_too() {
        service.failure = Optional.of(new LastFailure(AT, "expire_holds", "product 7"));

        Answer health = service.get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body())
                .isEqualTo("{\"status\":\"degraded\",\"database\":\"up\"," + VERSION
                        + ",\"failure\":{\"at\":\"2026-11-22T10:00:00Z\","
                        + "\"what\":\"expire_holds\",\"subject\":\"product 7\"}}");
        assertThat(service.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void health_without_a_database_is_not_ready() {
        service.databaseReady = () -> false;

        Problems.assertProblem(service.get("/health"), 503, "not_ready", true);
    }

    @Test
    void metrics_are_for_operators_unless_they_are_open() {
        Answer operator = service.get("/metrics", "Authorization", "Bearer " + Service.TOKEN);

        Problems.assertProblem(service.get("/metrics"), 401, "operator_token_required", false);
        assertThat(operator.status()).isEqualTo(200);
        assertThat(operator.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(operator.body()).isEqualTo("sold_total 1\n# TEXT\n");
        assertThat(open.get("/metrics").body()).isEqualTo("sold_total 1\n# TEXT\n");
    }

    /** The first is what Prometheus sends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1 | OPEN_METRICS",
                "application/openmetrics-text | OPEN_METRICS",
                "text/plain;q=0.9,application/openmetrics-text;q=0.3 | TEXT",
                "application/openmetrics-text;q=0.5,*/* | TEXT",
                "*/* | TEXT",
                "application/json | TEXT",
                "nonsense;;q=x | TEXT"
            })
    void metrics_are_in_the_format_that_is_asked_for(String accept, MetricsFormat expected) {
        Answer answer = open.get("/metrics", "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(expected.contentType());
        assertThat(answer.body()).endsWith("# " + expected + "\n");
    }
}
