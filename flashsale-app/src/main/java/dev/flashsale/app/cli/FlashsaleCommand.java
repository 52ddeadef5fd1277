package dev.flashsale.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that work on a sale have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class FlashsaleCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int NOT_IN_ORDER = 1;

    @Spec
    private @Nullable CommandSpec spec;

    /** Answers the exit status. */
    @Override
    public abstract Integer call() throws Exception;

    final CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** The settings that were given as flags. */
    final List<String> settings() {
        return SettingFlags.arguments(spec().commandLine().getParseResult());
    }
}
