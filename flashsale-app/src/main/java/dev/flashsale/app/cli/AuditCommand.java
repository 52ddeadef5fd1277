package dev.flashsale.app.cli;

import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.application.port.AuditReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Proves that everything adds up: for each product total = available + held + pending + paid."
                + " Exit status 1 if something does not.")
final class AuditCommand extends FlashsaleCommand {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            AuditReport report = flashsale.flashsale().audit().audit();
            out().println(json ? AuditText.json(report) : AuditText.table(report));
            return report.clean() ? DONE : NOT_IN_ORDER;
        }
    }
}
