package dev.flashsale.app.cli;

import dev.flashsale.app.WrongCall;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What the commands that work on a sale have in common. One from elsewhere is found by {@link java.util.ServiceLoader}, so
 * that the program need not know of it; it takes the settings of the database as flags.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
public abstract class FlashsaleCommand implements Callable<Integer> {

    protected static final int DONE = 0;
    protected static final int NOT_IN_ORDER = 1;

    @Spec
    private @Nullable CommandSpec spec;

    /** Answers the exit status. */
    @Override
    public abstract Integer call() throws Exception;

    final CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    protected final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /**
     * What was given for a flag, made of it.
     *
     * @param words for people, what is allowed
     * @param value refuses with an {@link IllegalArgumentException}
     */
    protected final <T> T allowed(String flag, String words, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            ParseResult parsed = spec().commandLine().getParseResult();
            String given = parsed.hasMatchedOption(flag)
                    ? String.join(",", parsed.matchedOption(flag).originalStringValues())
                    : "";
            throw new WrongCall(refusal(flag, given, words), e);
        }
    }

    static String refusal(String flag, String given, String words) {
        return flag + " is '" + given + "', allowed is " + words;
    }

    /** The URL of a server, without a slash at its end; refuses with an {@link IllegalArgumentException}. */
    static String server(String given) {
        URI url = URI.create(given.replaceAll("/+$", ""));
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("it is no URL of a server");
        }
        return url.toString();
    }

    /** The settings that were given as flags. */
    protected final List<String> settings() {
        return SettingFlags.arguments(spec().commandLine().getParseResult());
    }
}
