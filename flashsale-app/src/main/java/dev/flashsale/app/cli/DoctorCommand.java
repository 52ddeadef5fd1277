package dev.flashsale.app.cli;

import dev.flashsale.app.database.Finding;
import dev.flashsale.app.database.Finding.Severity;
import dev.flashsale.app.doctor.Doctor;
import dev.flashsale.app.settings.SettingsOnly;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "doctor",
        description = "Looks at the database server, the tables, the settings, the port and the disk, and says what to"
                + " change. Changes nothing. Exit status 1 if a server would not start, or would sell wrongly.")
final class DoctorCommand extends FlashsaleCommand {

    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--commits",
            description = "Also measure how long a commit takes, by a row that is added and removed.")
    private boolean commits;

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.look(SettingsOnly.read(settings()), commits);
        boolean right = findings.stream().allMatch(finding -> finding.severity() != Severity.REFUSE);
        out().println(json ? document(findings, right) : text(findings, right));
        return right ? DONE : NOT_IN_ORDER;
    }

    static String text(List<Finding> findings, boolean right) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT, "%s %-32s %s%n", mark(finding.severity()), finding.what(), finding.seen()));
            if (!finding.advice().isEmpty()) {
                text.append("  → ").append(finding.advice()).append(System.lineSeparator());
            }
        }
        return text.append(
                        right
                                ? "A server can start here. What is marked ! may cost you something that is promised."
                                : "A server cannot start here, or would sell wrongly: change what is marked ✗.")
                .toString();
    }

    private static String mark(Severity severity) {
        return switch (severity) {
            case OK -> "✓";
            case WARN -> "!";
            case REFUSE -> "✗";
        };
    }

    static String document(List<Finding> findings, boolean right) {
        ObjectNode document = JSON.createObjectNode().put("ok", right);
        ArrayNode all = document.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode unused = all.addObject()
                    .put("what", finding.what())
                    .put("seen", finding.seen())
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("advice", finding.advice());
        }
        return document.toString();
    }
}
