package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestSettingsTest {

    @Test
    void the_defaults_listen_on_8080_without_an_operator() {
        RestSettings defaults = RestSettings.defaults();

        assertThat(defaults.host()).isEqualTo("0.0.0.0");
        assertThat(defaults.port()).isEqualTo(8080);
        assertThat(defaults.operatorTokens()).isEmpty();
        assertThat(defaults.webhooks().verified()).isTrue();
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        assertThatThrownBy(() -> TestSettings.builder().port(65_536).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be from 0 to 65535, was 65536");
        assertThatThrownBy(() -> TestSettings.builder().maxConcurrentRequests(0).build())
                .hasMessageStartingWith("max concurrent requests must be from 1");
        assertThatThrownBy(
                        () -> TestSettings.builder().readTimeout(Duration.ZERO).build())
                .hasMessage("read timeout must be above 0 and at most PT1H, was PT0S");
        assertThatThrownBy(() ->
                        TestSettings.builder().idleTimeout(Duration.ofHours(2)).build())
                .hasMessageStartingWith("idle timeout must be above 0");
        assertThatThrownBy(() -> new LimitSettings.Rate(0, Duration.ofSeconds(1)))
                .hasMessageStartingWith("the requests of a rate must be from 1");
        assertThatThrownBy(() -> new LimitSettings.Rate(1, Duration.ofMillis(1500)))
                .hasMessageEndingWith("must be whole seconds, 1 to 3600, was PT1.5S");
    }

    @Test
    void neither_settings_nor_their_refusals_show_a_secret() {
        WebhookSettings webhooks = new WebhookSettings(WebhookScheme.STRIPE, List.of("whsec_hidden-secret"), false);

        assertThat(TestSettings.builder().webhooks(webhooks).build().webhooks())
                .asString()
                .contains("STRIPE, 1 secrets")
                .doesNotContain("hidden");
        assertThatThrownBy(() -> TestSettings.builder()
                        .operatorTokens(List.of("sha256:hidden"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of("whsec_hidden"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hidden");
    }
}
