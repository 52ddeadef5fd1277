package dev.flashsale.app.settings;

import dev.flashsale.app.WrongCall;
import java.time.Duration;

/** A setting has a value that it must not have. */
public final class BadSetting extends WrongCall {

    BadSetting(Setting setting, Object value) {
        super(setting.property() + " is " + shown(setting, value) + ", allowed is "
                + setting.allowed().words() + ". Set it with " + setting.flag() + ", " + setting.environmentVariable()
                + " or in application.yml");
    }

    private static String shown(Setting setting, Object value) {
        return switch (setting.allowed()) {
            case Allowed.Secret secret -> "wrong (not shown)";
            case Allowed.Text text -> "'" + value + "'";
            case Allowed.OneOf oneOf -> "'" + value + "'";
            case Allowed.Rate rate -> "'" + value + "'";
            case Allowed.WholeNumber number -> "'" + value + "'";
            case Allowed.Time time -> shown(value);
            case Allowed.Memory memory -> shown(value);
            case Allowed.Retention retention -> shown(value);
        };
    }

    private static String shown(Object value) {
        return "'" + (value instanceof Duration duration ? seconds(duration) : value) + "'";
    }

    /** As it may have been written. */
    private static String seconds(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
