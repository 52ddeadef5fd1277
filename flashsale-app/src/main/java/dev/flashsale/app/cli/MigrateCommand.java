package dev.flashsale.app.cli;

import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import picocli.CommandLine.Command;

@Command(name = "migrate", description = "Brings the database's schema up to date, and does nothing else.")
final class MigrateCommand extends FlashsaleCommand {

    @Override
    public Integer call() {
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            out().println("The schema is up to date: " + flashsale.databaseDescription());
            return DONE;
        }
    }
}
