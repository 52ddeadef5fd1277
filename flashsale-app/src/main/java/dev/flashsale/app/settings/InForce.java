package dev.flashsale.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What a setting is and where that comes from, for people.
 *
 * @param value a secret is not shown; empty where nothing is set
 * @param from the flag, the environment variable, the line of a file, or that it is the default
 */
public record InForce(Setting setting, String value, String from) {

    private static final String DEFAULT = "default";

    /** In the order of the settings. */
    static List<InForce> in(ConfigurableEnvironment environment, FlashsaleSettings settings) {
        return Arrays.stream(Setting.values())
                .map(setting -> of(setting, environment, settings))
                .toList();
    }

    private static InForce of(Setting setting, ConfigurableEnvironment environment, FlashsaleSettings settings) {
        ConfigurationProperty found = find(setting, environment);
        String value = environment.resolvePlaceholders(String.valueOf(found.getValue()));
        return new InForce(setting, shown(setting, value, settings), from(setting, found));
    }

    private static ConfigurationProperty find(Setting setting, ConfigurableEnvironment environment) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(setting.property());
        // A list may be written as one, each with a number.
        List<ConfigurationPropertyName> names = List.of(name, name.append("[0]"));
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .flatMap(source -> names.stream()
                        .flatMap(one -> Optional.ofNullable(source.getConfigurationProperty(one)).stream()))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(Setting setting, String value, FlashsaleSettings settings) {
        if (setting == Setting.HTTP_HOST) {
            return settings.listenAddress();
        }
        if (setting == Setting.DATABASE_URL) {
            return value.replaceAll("//[^/@]*@", "//(not shown)@").replaceAll("(?i)(password=)[^&]*", "$1(not shown)");
        }
        return setting.isSecret() && !value.isBlank() ? "set (not shown)" : value;
    }

    private static String from(Setting setting, ConfigurationProperty found) {
        ConfigurationPropertySource source = found.getSource();
        String name = source != null && source.getUnderlyingSource() instanceof PropertySource<?> underlying
                ? underlying.getName()
                : "";
        return switch (name) {
            case CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME -> setting.flag();
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> setting.environmentVariable();
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "-D" + setting.property();
            case "defaultProperties" -> DEFAULT;
            default ->
                String.valueOf(found.getOrigin()).replaceFirst("^.*\\[(?:file:)?(.*)] - (\\d+):\\d+$", "$1, line $2");
        };
    }
}
