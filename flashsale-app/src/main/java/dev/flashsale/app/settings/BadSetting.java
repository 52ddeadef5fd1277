package dev.flashsale.app.settings;

import dev.flashsale.app.Problem;

/** A setting has a value that it must not have. */
public final class BadSetting extends Problem {

    BadSetting(Setting setting, Object value) {
        super(setting.property() + " is " + shown(setting, value) + ", allowed is "
                + setting.allowed().words() + ". Set it with " + setting.flag() + ", " + setting.environmentVariable()
                + " or in application.yml");
    }

    private static String shown(Setting setting, Object value) {
        return switch (setting.allowed()) {
            case Allowed.Secret secret -> "wrong (not shown)";
            case Allowed.Text text -> "'" + value + "'";
            case Allowed.WholeNumber number -> "'" + value + "'";
            case Allowed.Time time -> "'" + value + "'";
        };
    }
}
