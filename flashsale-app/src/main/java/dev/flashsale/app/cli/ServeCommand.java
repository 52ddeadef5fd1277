package dev.flashsale.app.cli;

import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.app.settings.Setting;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = "Sells over HTTP until it is told to stop (Ctrl-C or SIGTERM); finishes what it has begun."
                + " Exit status 143 after SIGTERM, 130 after Ctrl-C.")
final class ServeCommand extends FlashsaleCommand {

    @Option(
            names = "--ends-with-parent",
            hidden = true,
            description = "Stop when the process that started this one ends: Maven leaves its programs behind.")
    private boolean endsWithParent;

    @Override
    public Integer call() throws InterruptedException {
        if (endsWithParent) {
            CompletableFuture<?> unused = ProcessHandle.current()
                    .parent()
                    .map(parent -> parent.onExit().thenRun(() -> System.exit(DONE)))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }
        try (RunningFlashsale flashsale = RunningFlashsale.withServerAndProduct(Purpose.SERVE, settings())) {
            if (welcomed(flashsale)) {
                flashsale.awaitStop();
            }
            return DONE;
        }
    }

    private static Welcome welcome(RunningFlashsale flashsale) {
        FlashsaleSettings settings = flashsale.settings();
        return new Welcome(
                flashsale.url(),
                flashsale.databaseDescription(),
                flashsale.verifiesWebhooks(),
                flashsale.mintedToken(),
                new Welcome.Program(
                        ThisProgram.command(),
                        settings.isEmbedded() ? folder(settings.embedded()) : "",
                        !settings.isEmbedded()));
    }

    /** The other terminal may be in another folder, and have another environment. */
    private static String folder(FlashsaleSettings.Embedded embedded) {
        return embedded.folder().equals(Setting.EMBEDDED_FOLDER.defaultValue())
                ? ""
                : " " + Setting.EMBEDDED_FOLDER.flag() + " "
                        + ThisProgram.quoted(
                                embedded.path().toAbsolutePath().normalize().toString());
    }

    /** No, where it was told to stop while it started. */
    private boolean welcomed(RunningFlashsale flashsale) {
        try {
            welcome(flashsale).lines().forEach(out()::println);
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
