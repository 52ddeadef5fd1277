package dev.flashsale.app.cli;

import dev.flashsale.app.WrongCall;
import dev.flashsale.app.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes a flag of each setting, and hands what was given on to Spring Boot, whose precedence decides. */
final class SettingFlags {

    private static final String CONFIG = "--config";

    private SettingFlags() {}

    static void addTo(CommandSpec command, Predicate<Setting> which) {
        command.usageMessage().abbreviateSynopsis(true).sortOptions(false);
        for (Setting setting : Setting.values()) {
            if (which.test(setting)) {
                command.addOption(OptionSpec.builder(setting.flag())
                        .paramLabel(setting.placeholder())
                        .type(String.class)
                        .description(setting.description()
                                + (setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + "."))
                        .build());
            }
        }
        command.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("A file with settings, ahead of the application.yml of the working directory.")
                .build());
        command.usageMessage()
                .footer(
                        "",
                        "Each setting can be a flag (--hold-ttl=5s), an environment variable (FLASHSALE_HOLD_TTL=5s) or",
                        "a line of application.yml (flashsale.hold.ttl: 5s); the first of these that is there counts.");
    }

    /** The flags that were given, as arguments for Spring Boot. */
    static List<String> arguments(ParseResult parsed) {
        List<String> arguments = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                arguments.add("--" + setting.property() + "="
                        + parsed.matchedOption(setting.flag()).<String>getValue());
            }
        }
        if (parsed.hasMatchedOption(CONFIG)) {
            Path file = parsed.matchedOption(CONFIG).getValue();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new WrongCall("There is no file " + file + " to read: check " + CONFIG);
            }
            arguments.add("--spring.config.additional-location=" + file.toUri());
        }
        return arguments;
    }
}
