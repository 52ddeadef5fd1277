package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.Busy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RequestIdTest {

    private static final String HOLD = "/api/holds/" + Fakes.HOLD_ID;

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void a_failure_and_a_server_that_is_busy_tell_the_id_that_the_client_or_its_proxy_gave() {
        service.fakes.viewHold = id -> {
            throw new IllegalStateException("broken");
        };
        Answer failed = service.get(HOLD, "X-Request-Id", "a1b2-/=+:c3");
        service.fakes.viewHold = id -> {
            throw new Busy("no connection", Duration.ofSeconds(1), null);
        };
        Answer busy = service.get(HOLD, "X-Request-Id", "d4");

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.header("x-request-id")).isEqualTo("a1b2-/=+:c3");
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.header("x-request-id")).isEqualTo("d4");
    }

    @Test
    void who_gave_none_is_told_a_new_one_each_time() {
        service.databaseReady = () -> false;

        String first = service.get("/health/ready").header("x-request-id");
        String second = service.get("/health/ready").header("x-request-id");

        assertThat(first).matches("[0-9a-f]{16}");
        assertThat(second).matches("[0-9a-f]{16}").isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "", "tab\there"})
    void what_is_no_visible_ascii_is_ignored(String id) {
        service.databaseReady = () -> false;

        assertThat(service.get("/health/ready", "X-Request-Id", id).header("x-request-id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void what_is_too_long_or_there_twice_is_ignored() {
        service.databaseReady = () -> false;
        String longest = "x".repeat(128);

        assertThat(service.get("/health/ready", "X-Request-Id", longest).header("x-request-id"))
                .isEqualTo(longest);
        assertThat(service.get("/health/ready", "X-Request-Id", longest + "x").header("x-request-id"))
                .matches("[0-9a-f]{16}");
        assertThat(service.get("/health/ready", "X-Request-Id", "a", "X-Request-Id", "b")
                        .header("x-request-id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void what_was_answered_as_it_should_be_has_none() {
        assertThat(service.get("/health/live", "X-Request-Id", "a").header("x-request-id"))
                .isNull();
        assertThat(service.get("/nowhere", "X-Request-Id", "a").header("x-request-id"))
                .isNull();
    }
}
