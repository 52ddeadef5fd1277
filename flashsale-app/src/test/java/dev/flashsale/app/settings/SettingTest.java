package dev.flashsale.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingTest {

    @Test
    void what_nobody_sets_is_what_the_layers_below_have_as_their_default() {
        // when
        FlashsaleSettings settings = bind(Map.of());

        // then
        assertThat(settings.rest()).isEqualTo(RestSettings.defaults());
        assertThat(settings.sale()).isEqualTo(Settings.defaults());
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.embedded().path()).isEqualTo(Path.of(System.getProperty("user.home"), ".flashsale"));
    }

    @ParameterizedTest
    @EnumSource
    void each_setting_is_read_from_its_environment_variable(Setting setting) {
        // given
        ConfigurationPropertySource environment = ConfigurationPropertySources.from(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of(setting.environmentVariable(), "anything")))
                .iterator()
                .next();

        // when
        String value =
                new Binder(environment).bind(setting.property(), String.class).orElse("not found");

        // then
        assertThat(value).isEqualTo("anything");
    }

    @Test
    void a_duration_without_a_unit_counts_seconds() {
        assertThat(bind(Map.of("flashsale.hold.ttl", "90")).sale().holdTtl()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource({
        "flashsale.hold.ttl, 0s",
        "flashsale.hold.ttl, -5s",
        "flashsale.hold.ttl, 2592001s",
        "flashsale.hold.ttl, soon",
        "flashsale.payment.deadline, -500ms",
        "flashsale.expiry.interval, 0s",
        "flashsale.expiry.batch, 0",
        "flashsale.expiry.batch, 10001",
        "flashsale.http.port, 65536",
        "flashsale.http.port, -1",
        "flashsale.http.port, http",
        "flashsale.http.max-body-bytes, 0",
        "flashsale.http.max-connections, 1.5",
        "flashsale.http.drain-timeout, 3601s",
        "flashsale.database.pool-size, 0"
    })
    void a_bad_value_is_refused_in_a_line_that_names_setting_value_and_what_is_allowed(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of(property, value))).satisfies(failure -> {
            String line = lineOf(failure);
            assertThat(line)
                    .contains(property, value, "allowed is", "FLASHSALE_")
                    .hasLineCount(1);
        });
    }

    @Test
    void secrets_are_not_shown() {
        // given
        FlashsaleSettings settings = bind(Map.of(
                "flashsale.database.url", "jdbc:mysql://user:hidden1@host/db",
                "flashsale.database.password", "hidden2",
                "flashsale.operator.token", "hidden3"));

        // then
        assertThat(settings.rest().operatorToken()).contains("hidden3");
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void flags_properties_and_variables_are_unambiguous() {
        assertThat(Setting.values()).extracting(Setting::flag).doesNotHaveDuplicates();
        assertThat(Setting.defaults()).hasSize(Setting.values().length);
        assertThat(Setting.HOLD_TTL.flag()).isEqualTo("--hold-ttl");
        assertThat(Setting.HOLD_TTL.environmentVariable()).isEqualTo("FLASHSALE_HOLD_TTL");
    }

    private static FlashsaleSettings bind(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(Setting.defaults());
        all.putAll(given);
        return new Binder(List.of(new MapConfigurationPropertySource(all)))
                .bind("flashsale", FlashsaleSettings.class)
                .get();
    }

    private static String lineOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadSetting bad) {
                return bad.getMessage();
            }
        }
        return SettingProblems.in(failure).orElseThrow().getMessage();
    }
}
