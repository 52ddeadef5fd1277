package dev.flashsale.app.settings;

import dev.flashsale.app.Problem;
import dev.flashsale.app.WrongCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/** Says in one line why Spring Boot could not bind the settings. */
public final class SettingProblems {

    private SettingProblems() {}

    /** What is to be said of this failure, if it is about a setting; its causes are to be asked as well. */
    public static Optional<Problem> in(Throwable failure) {
        return switch (failure) {
            case UnboundConfigurationPropertiesException unknown ->
                unknown.getUnboundProperties().stream().findFirst().map(SettingProblems::unknown);
            case BindException bind
            when !(bind.getCause() instanceof UnboundConfigurationPropertiesException) -> badValue(bind.getProperty());
            default -> Optional.empty();
        };
    }

    private static Problem unknown(ConfigurationProperty property) {
        return new WrongCall("There is no setting " + property.getName() + where(property)
                + ": `help serve` lists those that there are");
    }

    private static Optional<Problem> badValue(@Nullable ConfigurationProperty property) {
        return property == null
                ? Optional.empty()
                : Setting.of(property.getName().toString())
                        .map(setting -> new BadSetting(setting, String.valueOf(property.getValue())));
    }

    private static String where(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }
}
