package dev.flashsale.app.cli;

import dev.flashsale.app.settings.Setting;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands under one name. */
public final class CommandLineInterface {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLineInterface.class);
    private static final String PROGRAM = "java -jar flashsale-app.jar";
    private static final int HELP_WIDTH = 120;

    private CommandLineInterface() {}

    /** Runs one command; answers the exit status. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Flashsale());
        line.addSubcommand(withSettings(new ServeCommand(), setting -> true));
        line.addSubcommand(withSettings(new DoctorCommand(), setting -> true));
        line.addSubcommand(withSettings(new MigrateCommand(), Setting::concernsDatabase));
        line.addSubcommand(withSettings(new SeedCommand(), Setting::concernsDatabase));
        line.addSubcommand(withSettings(new AuditCommand(), Setting::concernsDatabase));
        line.addSubcommand(withSettings(new PurgeCommand(), Setting::concernsDatabase));
        line.addSubcommand(withSettings(
                new TestFlowCommand(), setting -> setting.concernsDatabase() || setting.concernsSigning()));
        for (FlashsaleCommand found : ServiceLoader.load(FlashsaleCommand.class)) {
            line.addSubcommand(withSettings(found, Setting::concernsDatabase));
        }
        line.addSubcommand(new SettingsCommand());
        line.addSubcommand(new HelpCommand());
        line.setCommandName(PROGRAM);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(40);
        line.setParameterExceptionHandler((wrong, given) -> calledWrongly(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return line;
    }

    private static CommandLine withSettings(Object command, Predicate<Setting> which) {
        CommandLine line = new CommandLine(command);
        SettingFlags.addTo(line.getCommandSpec(), which);
        return line;
    }

    private static int calledWrongly(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        // picocli puts a converter's exception in brackets behind its own words, which are enough.
        String what = Failure.oneLine(wrong.getMessage()).replaceFirst(" \\([\\w.]+Exception: .*\\)$", "");
        err.println(what + ". `" + command.getCommandSpec().qualifiedName() + " --help` shows what is possible");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception failure, CommandLine command) {
        LOG.debug("Failed", failure);
        command.getErr().println(Failure.line(failure));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    @Command(
            name = PROGRAM,
            description = "Sells limited stock to a crowd on MySQL or MariaDB: never more than there is.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "`serve` needs no settings: it brings its own database, a product to buy and lines to try.",
                "Exit status: 0 done, 1 not done or not in order, 2 called wrongly."
            })
    private static final class Flashsale implements Runnable {

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                spec.commandLine().usage(spec.commandLine().getOut());
            }
        }
    }
}
