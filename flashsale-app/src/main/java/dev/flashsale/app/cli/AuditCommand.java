package dev.flashsale.app.cli;

import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.application.Audits.Mend;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.port.AuditReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "audit",
        description = "Proves that everything adds up: for each product total = available + held + pending + paid."
                + " Exit status 1 if something does not.")
final class AuditCommand extends FlashsaleCommand {

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--repair",
            description = "Tell what of it can be mended while the sale goes on; nothing is changed without --apply.")
    private boolean repair;

    @Option(
            names = "--apply",
            description = "With --repair: mend it, and audit again. Holds, orders and payments are never changed.")
    private boolean apply;

    @Override
    public Integer call() {
        if (apply && !repair) {
            throw new ParameterException(spec().commandLine(), "--apply goes with --repair");
        }
        try (RunningFlashsale running = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            Flashsale flashsale = running.flashsale();
            AuditReport report = flashsale.audits().audit();
            if (!repair) {
                return end(report, json ? AuditText.json(report) : AuditText.table(report));
            }
            List<Mend> mends = apply
                    ? flashsale.audits().repair(report)
                    : flashsale.audits().plan(report);
            AuditReport after = apply ? flashsale.audits().audit() : report;
            return end(after, json ? AuditText.json(after, mends, apply) : AuditText.table(after, mends, apply));
        }
    }

    private int end(AuditReport report, String text) {
        out().println(text);
        return report.clean() ? DONE : NOT_IN_ORDER;
    }
}
