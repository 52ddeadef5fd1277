package dev.flashsale.app.cli;

import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(name = "migrate", description = "Brings the database's schema up to date, and does nothing else.")
final class MigrateCommand extends FlashsaleCommand {

    @Option(
            names = "--print",
            description = "Print the SQL that makes the tables, for an administrator to run. No database is needed.")
    private boolean print;

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "With --print: only what a database of that version of the tables lacks.")
    private @Nullable Integer from;

    @Option(
            names = "--repair",
            description =
                    "Make the rest of what an older program, or somebody by hand, has left half made: `migrate` says where"
                            + " that is so.")
    private boolean repair;

    @Override
    public Integer call() {
        if (from != null && !print) {
            throw new ParameterException(spec().commandLine(), "--from goes with --print");
        }
        if (repair && print) {
            throw new ParameterException(spec().commandLine(), "--repair needs a database, --print has none");
        }
        if (print) {
            out().print(sql(from == null ? 0 : from));
            out().flush();
            return DONE;
        }
        Purpose purpose = repair ? Purpose.REPAIR_TABLES : Purpose.OPERATE;
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(purpose, settings())) {
            out().println("The schema is up to date: " + flashsale.databaseDescription());
            return DONE;
        }
    }

    private String sql(int version) {
        try {
            return Schema.sql(version);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), "--" + e.getMessage(), e);
        }
    }
}
