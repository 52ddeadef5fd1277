package dev.flashsale.app.cli;

import dev.flashsale.app.settings.Setting;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(name = "settings", description = "Lists everything that can be set, as a table in Markdown.")
final class SettingsCommand extends FlashsaleCommand {

    @Override
    public Integer call() {
        out().println(table());
        return DONE;
    }

    static String table() {
        return Arrays.stream(Setting.values())
                .map(setting -> "| `" + setting.property() + "` | `" + setting.flag() + "` | `"
                        + setting.environmentVariable() + "` | "
                        + (setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`") + " | "
                        + setting.description() + " |")
                .collect(Collectors.joining(
                        "\n", "| property | flag | environment | default | |\n| --- | --- | --- | --- | --- |\n", ""));
    }
}
