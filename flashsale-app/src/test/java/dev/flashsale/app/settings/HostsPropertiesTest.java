package dev.flashsale.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor offers for a host's application.yml is what the library binds, by the names that the server has for it. */
class HostsPropertiesTest {

    private static final String BOUND = "dev.flashsale.adapter.jdbc.boot.FlashsaleProperties";

    private static final Path METADATA =
            Path.of("../flashsale-adapter-jdbc/src/main/resources/META-INF/spring-configuration-metadata.json");

    /** A server needs none of them. */
    private static final Set<String> OF_HOSTS_ALONE = Set.of(
            "flashsale.events.application", "flashsale.schema", "flashsale.datasource", "flashsale.housekeeping");

    @Test
    void everythingThatIsBoundIsOffered() throws ReflectiveOperationException {
        Set<String> offered = new TreeSet<>();
        properties().forEach(property -> offered.add(property.get("name").stringValue()));

        assertThat(offered).isEqualTo(new TreeSet<>(bound("flashsale", Class.forName(BOUND))));
    }

    @Test
    void whatTheServerHasTooIsTheSameThere() {
        for (JsonNode property : properties()) {
            String name = property.get("name").stringValue();
            if (!OF_HOSTS_ALONE.contains(name)) {
                assertThat(Setting.of(name)).as(name).hasValueSatisfying(setting -> {
                    assertThat(property.get("description").stringValue()).isEqualTo(setting.description());
                    assertThat(property.get("defaultValue").asString()).isEqualTo(setting.defaultValue());
                });
            }
        }
    }

    /** Those of other classes are of other tests. */
    private static List<JsonNode> properties() {
        List<JsonNode> ours = new ArrayList<>();
        for (JsonNode property : JsonMapper.shared().readTree(METADATA).get("properties")) {
            if (property.get("sourceType").stringValue().startsWith(BOUND)) {
                ours.add(property);
            }
        }
        return ours;
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
