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
        try (RunningFlashsale flashsale = RunningFlashsale.withServer(Purpose.SERVE, settings())) {
            FirstProduct.addTo(flashsale.flashsale());
            Welcome.lines(flashsale.port(), flashsale.databaseDescription()).forEach(out()::println);
            out().flush();
            flashsale.awaitStop();
            return DONE;
        }
    }
}
