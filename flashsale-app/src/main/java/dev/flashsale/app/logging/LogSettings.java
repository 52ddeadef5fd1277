package dev.flashsale.app.logging;

import dev.flashsale.app.settings.Setting;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What the settings say of the log. Spring Boot asks this once it knows them and before it sets up logging, so that it is in
 * the system's properties by then. What is no value of a setting is refused later, when all of them are checked.
 */
public final class LogSettings implements EnvironmentPostProcessor {

    private static final String JSON = "dev.flashsale.log.json";
    private static final String ACCESS = "dev.flashsale.log.access";

    /** Spring Boot's own, which names a kind of JSON. */
    private static final String KIND = "logging.structured.format.console";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean json = "json".equalsIgnoreCase(environment.getProperty(Setting.LOG_FORMAT.property()));
        boolean access = "on".equalsIgnoreCase(environment.getProperty(Setting.HTTP_ACCESS_LOG.property()));
        String unused = System.setProperty(JSON, environment.getProperty(KIND, json ? "ecs" : ""));
        unused = System.setProperty(ACCESS, Boolean.toString(access));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("logging", Map.of("logging.structured.ecs.service.name", "flashsale")));
    }

    /** Which kind of JSON to write; empty for text. */
    static Optional<String> json() {
        return Optional.of(System.getProperty(JSON, "")).filter(kind -> !kind.isBlank());
    }

    /** Whether there is an access log. */
    static boolean access() {
        return Boolean.getBoolean(ACCESS);
    }
}
