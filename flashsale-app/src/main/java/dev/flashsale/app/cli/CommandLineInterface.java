package dev.flashsale.app.cli;

import dev.flashsale.app.settings.Setting;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        line.addSubcommand(withSettings(new ForgetCustomerCommand(), Setting::concernsDatabase));
        line.addSubcommand(withSettings(
                new TestFlowCommand(), setting -> setting.concernsDatabase() || setting.concernsSigning()));
        line.addSubcommand(withSettings(new ListenCommand(), setting -> setting == Setting.OPERATOR_TOKEN));
        for (FlashsaleCommand found : ServiceLoader.load(FlashsaleCommand.class)) {
            line.addSubcommand(withSettings(found, Setting::concernsDatabase));
        }
        line.addSubcommand(withSettings(new SettingsCommand(), setting -> true));
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
        err.println(what(wrong) + ". `" + command.getCommandSpec().qualifiedName() + " --help` shows what is possible");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** picocli names the class that a value is not: people are told what it may be. */
    private static String what(ParameterException wrong) {
        return wrong.getArgSpec() instanceof OptionSpec option
                        && wrong.getValue() != null
                        && wrong.getClass() == ParameterException.class
                ? FlashsaleCommand.refusal(option.longestName(), wrong.getValue(), words(option.type()))
                : Failure.oneLine(wrong.getMessage());
    }

    private static String words(Class<?> type) {
        return type == Duration.class
                ? "a duration such as 10ms, 5s or 30d"
                : type == Instant.class
                        ? "a moment such as 2026-11-27T08:00:00Z"
                        : type == BigDecimal.class
                                ? "an amount such as 10.00"
                                : type == Currency.class
                                        ? "a code of ISO 4217 such as EUR"
                                        : "a whole number, not too large";
    }

    private static int failed(Exception failure, CommandLine command) {
        LOG.debug("Failed", failure);
        command.getErr().println(Failure.line(failure));
        return Failure.isWrongCall(failure)
                ? command.getCommandSpec().exitCodeOnInvalidInput()
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    @Command(
            name = PROGRAM,
            description = "Sells limited stock to a crowd on MySQL or MariaDB: never more than there is.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "`serve` of flashsale-app-embedded.jar needs no settings: it brings its own database, a product to buy and",
                "lines to try.",
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
