package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestSettingsTest {

    @Test
    void the_defaults_listen_on_8080_without_an_operator() {
        RestSettings defaults = RestSettings.defaults();

        assertThat(defaults.host()).isEqualTo("0.0.0.0");
        assertThat(defaults.port()).isEqualTo(8080);
        assertThat(defaults.operatorToken()).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        assertThatThrownBy(() -> new TestSettings().port(65_536).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be from 0 to 65535, was 65536");
        assertThatThrownBy(() -> new TestSettings().maxConcurrentRequests(0).build())
                .hasMessageStartingWith("max concurrent requests must be from 1");
        assertThatThrownBy(() -> new TestSettings().readTimeout(Duration.ZERO).build())
                .hasMessage("read timeout must be above 0 and at most PT1H, was PT0S");
        assertThatThrownBy(() ->
                        new TestSettings().idleTimeout(Duration.ofHours(2)).build())
                .hasMessageStartingWith("idle timeout must be above 0");
    }

    @Test
    void settings_do_not_show_the_operator_token() {
        assertThat(new TestSettings().build())
                .asString()
                .contains("operator token set")
                .doesNotContain(Service.TOKEN);
    }
}
