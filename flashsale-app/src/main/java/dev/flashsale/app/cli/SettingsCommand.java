package dev.flashsale.app.cli;

import dev.flashsale.app.settings.InForce;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.app.settings.SettingsOnly;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "settings",
        description = "Shows what is set and where each comes from: a flag, the environment, a file or the default.")
final class SettingsCommand extends FlashsaleCommand {

    private static final int LINE = 116;

    @Option(names = "--markdown", description = "Print everything that can be set instead, as docs/settings.md has it.")
    private boolean markdown;

    @Override
    public Integer call() {
        if (markdown) {
            out().print(markdown());
            out().flush();
        } else {
            List<InForce> all = SettingsOnly.inForce(settings());
            all.forEach(one -> out().println(line(one)));
        }
        return DONE;
    }

    private static String line(InForce one) {
        return String.format(
                        Locale.ROOT,
                        "%-40s %-24s %s",
                        one.setting().property(),
                        one.value().isEmpty() ? "–" : one.value(),
                        one.from())
                .stripTrailing();
    }

    static String markdown() {
        return Arrays.stream(Setting.values())
                .map(setting -> "### `" + setting.property() + "`\n\n"
                        + wrapped("`" + setting.flag() + "` or `" + setting.environmentVariable() + "`; "
                                + (setting.defaultValue().isEmpty()
                                        ? "nothing is set by default."
                                        : "by default `" + setting.defaultValue() + "`."))
                        + wrapped(setting.description())
                        + wrapped("Allowed: " + setting.allowedWords() + "."))
                .collect(Collectors.joining("\n"));
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ", -1)) {
            boolean fits = length > 0 && length + 1 + word.length() <= LINE;
            lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
            length = fits ? length + 1 + word.length() : word.length();
        }
        return lines.append('\n').toString();
    }
}
