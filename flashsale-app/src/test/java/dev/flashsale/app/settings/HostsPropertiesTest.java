package dev.flashsale.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.RestSettings;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor offers for a host's application.yml is what the library binds, by the names that the server has for it. */
class HostsPropertiesTest {

    /** A class that binds, and the file that offers what it binds. */
    enum Offer {
        OF_THE_LIBRARY("dev.flashsale.adapter.jdbc.boot.FlashsaleProperties", "../flashsale-adapter-jdbc"),
        OF_HTTP("dev.flashsale.adapter.rest.boot.RestProperties", "../flashsale-adapter-rest");

        private final String bound;
        private final Path metadata;

        Offer(String bound, String module) {
            this.bound = bound;
            metadata = Path.of(module, "src/main/resources/META-INF/spring-configuration-metadata.json");
        }

        /** Those of other classes are of other tests. */
        private List<JsonNode> properties() {
            List<JsonNode> ours = new ArrayList<>();
            for (JsonNode property : JsonMapper.shared().readTree(metadata).get("properties")) {
                if (property.get("sourceType").stringValue().startsWith(bound)) {
                    ours.add(property);
                }
            }
            return ours;
        }
    }

    /** A server needs none of them, or has another default. */
    private static final Set<String> OF_HOSTS_ALONE = Set.of(
            "flashsale.events.application",
            "flashsale.schema",
            "flashsale.datasource",
            "flashsale.housekeeping",
            "flashsale.http.port");

    @ParameterizedTest
    @EnumSource
    void everythingThatIsBoundIsOffered(Offer offer) throws ReflectiveOperationException {
        Set<String> offered = new TreeSet<>();
        offer.properties().forEach(property -> offered.add(property.get("name").stringValue()));

        assertThat(offered).isEqualTo(new TreeSet<>(bound("flashsale", Class.forName(offer.bound))));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerHasTooIsTheSameThere(Offer offer) {
        for (JsonNode property : offer.properties()) {
            String name = property.get("name").stringValue();
            if (!OF_HOSTS_ALONE.contains(name)) {
                assertThat(Setting.of(name)).as(name).hasValueSatisfying(setting -> {
                    assertThat(property.get("description").stringValue()).isEqualTo(setting.description());
                    assertThat(property.get("defaultValue").asString()).isEqualTo(setting.defaultValue());
                });
            }
        }
    }

    @Test
    void whatIsSetOfHttpIsTheSameInAHostAndInTheServer() throws ReflectiveOperationException {
        Map<String, String> set = Map.ofEntries(
                Map.entry("flashsale.database.url", "jdbc:mysql://nowhere/shop"),
                Map.entry("flashsale.http.host", "127.0.0.1"),
                Map.entry("flashsale.http.port", "8081"),
                Map.entry("flashsale.http.max-body-bytes", "1001"),
                Map.entry("flashsale.http.max-header-bytes", "1002"),
                Map.entry("flashsale.http.max-connections", "1003"),
                Map.entry("flashsale.http.max-concurrent-requests", "1004"),
                Map.entry("flashsale.http.idle-timeout", "11"),
                Map.entry("flashsale.http.read-timeout", "12s"),
                Map.entry("flashsale.http.drain-timeout", "1m"),
                Map.entry("flashsale.http.trusted-proxies", "10.0.0.0/8, 2001:db8::1"),
                Map.entry("flashsale.http.forwarded-header", "forwarded"),
                Map.entry("flashsale.http.cors-origins", "https://shop.example,http://localhost:5173"),
                Map.entry("flashsale.http.access-log", "on"),
                Map.entry("flashsale.http.http2", "on"),
                Map.entry("flashsale.stream.max-listeners", "13"),
                Map.entry("flashsale.stream.interval", "14ms"),
                Map.entry("flashsale.stream.heartbeat", "15"),
                Map.entry("flashsale.payment.failed", "keep"),
                Map.entry("flashsale.payment.under-way", "on_its_way,new"),
                Map.entry("flashsale.operator.token", "one,two"),
                Map.entry("flashsale.webhook.secret", "a-secret-of-stripe-s,another-secret-of-it"),
                Map.entry("flashsale.webhook.scheme", "stripe"),
                Map.entry("flashsale.webhook.unsigned", "accept"),
                Map.entry("flashsale.limit.address", "20/1s"),
                Map.entry("flashsale.limit.customer", "5/1m"));

        assertThat(inHost(set))
                .usingRecursiveComparison()
                .isEqualTo(SettingsOnly.read(set.entrySet().stream()
                                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                                .toList())
                        .rest());
    }

    @Test
    void whatNobodySetsIsAsUsual() throws ReflectiveOperationException {
        assertThat(inHost(Map.of())).usingRecursiveComparison().isEqualTo(RestSettings.defaults());
    }

    private static RestSettings inHost(Map<String, String> properties) throws ReflectiveOperationException {
        Class<?> type = Class.forName(Offer.OF_HTTP.bound);
        Object bound =
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("flashsale", Bindable.of(type));
        Method settings = type.getDeclaredMethod("settings");
        settings.setAccessible(true);
        return (RestSettings) settings.invoke(bound);
    }

    private static List<String> bound(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                        ? bound(prefix + "." + kebab(component), component.getType()).stream()
                        : List.of(prefix + "." + kebab(component)).stream())
                .toList();
    }

    private static String kebab(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
