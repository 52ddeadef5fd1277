package dev.flashsale.app.cli;

import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        description = "Sells over HTTP until it is told to stop (Ctrl-C or SIGTERM); finishes what it has begun.")
final class ServeCommand extends FlashsaleCommand {

    @Override
    public Integer call() throws InterruptedException {
        try (RunningFlashsale flashsale = RunningFlashsale.withServerAndProduct(Purpose.SERVE, settings())) {
            if (welcomed(flashsale)) {
                flashsale.awaitStop();
            }
            return DONE;
        }
    }

    /** No, where it was told to stop while it started. */
    private boolean welcomed(RunningFlashsale flashsale) {
        try {
            Welcome.lines(flashsale.port(), flashsale.databaseDescription(), flashsale.verifiesWebhooks())
                    .forEach(out()::println);
            out().flush();
            return true;
        } catch (IllegalStateException e) {
            if (flashsale.isActive()) {
                throw e;
            }
            return false;
        }
    }
}
