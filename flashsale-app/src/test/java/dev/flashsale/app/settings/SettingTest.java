package dev.flashsale.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.ForwardedHeader;
import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.app.Problem;
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
        assertThat(settings.rest())
                .usingRecursiveComparison()
                .ignoringFields("webhooks", "host")
                .isEqualTo(RestSettings.defaults());
        assertThat(settings.webhook().scheme())
                .isEqualTo(RestSettings.defaults().webhooks().scheme());
        assertThat(settings.sale()).usingRecursiveComparison().isEqualTo(Settings.defaults());
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.embedded().path()).isEqualTo(Path.of(System.getProperty("user.home"), ".flashsale"));
    }

    @Test
    void a_try_is_this_machines_alone_and_a_database_of_ones_own_everybodys_unless_somebody_says() {
        assertThat(bind(Map.of()).listenAddress()).isEqualTo("127.0.0.1");
        assertThat(bind(Map.of("flashsale.database.url", "jdbc:mysql://x/y")).listenAddress())
                .isEqualTo("0.0.0.0");
        assertThat(bind(Map.of("flashsale.http.host", "10.0.0.1")).listenAddress())
                .isEqualTo("10.0.0.1");
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
        "flashsale.idempotency.retention, 86399s",
        "flashsale.idempotency.retention, 2592001s",
        "flashsale.expiry.batch, 10001",
        "flashsale.http.port, 65536",
        "flashsale.http.port, -1",
        "flashsale.http.port, http",
        "flashsale.http.max-body-bytes, 0",
        "flashsale.http.max-connections, 1.5",
        "flashsale.http.drain-timeout, 3601s",
        "flashsale.database.pool-size, 0",
        "flashsale.webhook.scheme, paypal",
        "flashsale.webhook.scheme, ''",
        "flashsale.webhook.unsigned, perhaps",
        "flashsale.limit.address, 20",
        "flashsale.limit.address, 0/1s",
        "flashsale.limit.address, 5/500ms",
        "flashsale.limit.customer, 5/2h",
        "flashsale.limit.customer, /1s",
        "flashsale.http.trusted-proxies, 10.0.0.0/33",
        "flashsale.http.forwarded-header, via",
        "flashsale.http.cors-origins, shop.example",
        "flashsale.http.cors-origins, https://shop.example/",
        "flashsale.metrics.products, 501",
        "flashsale.log.format, xml",
        "flashsale.http.access-log, some.log"
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
    void several_secrets_are_told_apart_by_commas() {
        // given
        String hash = "sha256:" + "0".repeat(64);
        FlashsaleSettings settings = bind(Map.of(
                "flashsale.operator.token", "one, " + hash + ",",
                "flashsale.webhook.scheme", "stripe",
                "flashsale.webhook.secret", "whsec_new-new-new-new,whsec_old-old-old-old"));

        // then
        assertThat(settings.rest().operatorTokens()).containsExactly("one", hash);
        assertThat(settings.rest().webhooks().secrets())
                .containsExactly("whsec_new-new-new-new", "whsec_old-old-old-old");
    }

    @Test
    void origins_are_told_apart_by_commas() {
        assertThat(bind(Map.of("flashsale.http.cors-origins", "https://shop.example, http://localhost:5173,"))
                        .rest()
                        .corsOrigins())
                .containsExactly("https://shop.example", "http://localhost:5173");
    }

    @Test
    void a_limit_is_a_number_of_requests_and_a_time() {
        LimitSettings limits = bind(Map.of(
                        "flashsale.limit.address", "20/1s",
                        "flashsale.limit.customer", "5/60",
                        "flashsale.http.trusted-proxies", "10.0.0.0/8, ::1",
                        "flashsale.http.forwarded-header", "forwarded"))
                .rest()
                .limits();

        assertThat(limits)
                .isEqualTo(new LimitSettings(
                        new LimitSettings.Rate(20, Duration.ofSeconds(1)),
                        new LimitSettings.Rate(5, Duration.ofMinutes(1)),
                        List.of("10.0.0.0/8", "::1"),
                        ForwardedHeader.FORWARDED));
    }

    @ParameterizedTest
    @CsvSource({
        "flashsale.operator.token, sha256:hidden",
        "flashsale.webhook.secret, hidden-hidden-hidden-hidden",
        "flashsale.webhook.secret, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_hidden'"
    })
    void a_bad_secret_is_refused_without_being_shown(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .satisfies(failure -> assertThat(lineOf(failure))
                        .contains(property + " is wrong (not shown)", "allowed is")
                        .doesNotContain("hidden"));
    }

    @Test
    void webhooks_that_nobody_signed_are_believed_with_the_embedded_database_or_where_that_was_said() {
        // given
        FlashsaleSettings embedded = bind(Map.of());
        Map<String, Object> own = Map.of("flashsale.database.url", "jdbc:mysql://host/db");
        Map<String, Object> said =
                Map.of("flashsale.database.url", "jdbc:mysql://host/db", "flashsale.webhook.unsigned", "accept");
        Map<String, Object> secret = Map.of(
                "flashsale.webhook.secret",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "flashsale.webhook.unsigned",
                "accept");

        // then
        assertThat(embedded.rest().webhooks().verified()).isFalse();
        assertThatThrownBy(() -> bind(own).rest())
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("FLASHSALE_WEBHOOK_SECRET", "--webhook-unsigned=accept");
        assertThat(bind(said).rest().webhooks().verified()).isFalse();
        assertThat(bind(secret).rest().webhooks().verified()).isTrue();
    }

    @Test
    void secrets_are_not_shown() {
        // given
        FlashsaleSettings settings = bind(Map.of(
                "flashsale.database.url", "jdbc:mysql://user:hidden1@host/db",
                "flashsale.database.password", "hidden2",
                "flashsale.operator.token", "hidden3",
                "flashsale.webhook.secret", "whsec_hidden4hidden4hidden4hidden4hidd"));

        // then
        assertThat(settings.operator().token()).containsExactly("hidden3");
        assertThat(settings.toString() + settings.rest()).doesNotContain("hidden");
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
