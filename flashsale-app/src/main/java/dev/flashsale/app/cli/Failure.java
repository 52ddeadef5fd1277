package dev.flashsale.app.cli;

import dev.flashsale.adapter.jdbc.SchemaNotReady;
import dev.flashsale.adapter.rest.PortInUse;
import dev.flashsale.app.Problem;
import dev.flashsale.app.WrongCall;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.app.settings.SettingProblems;
import dev.flashsale.application.Busy;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Makes one line of whatever went wrong: what, and what to do. */
final class Failure {

    private static final int MAX_CAUSES = 50;

    private Failure() {}

    /** Whether it is the call that was wrong: nothing was tried. */
    static boolean isWrongCall(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof WrongCall
                        || cause instanceof MarkedYAMLException
                        || cause instanceof ConfigDataException
                        || SettingProblems.in(cause).isPresent());
    }

    static String line(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .map(Failure::oneLine)
                .orElseGet(() -> unknown(failure));
    }

    private static Optional<String> known(Throwable cause) {
        return switch (cause) {
            case Problem problem -> Optional.ofNullable(problem.getMessage());
            case SchemaNotReady schema -> Optional.ofNullable(schema.getMessage());
            case PortInUse taken ->
                Optional.of(taken.getMessage() + " (" + Setting.HTTP_PORT.flag() + ", 0 picks a free one)");
            case Busy busy ->
                Optional.of("The database cannot do it now (" + busy.getMessage() + "): try again in "
                        + busy.retryAfter().toSeconds() + " s");
            case MarkedYAMLException yaml ->
                Optional.of("The configuration file is not valid YAML: " + yaml.getProblem() + ", "
                        + (yaml.getProblemMark() == null
                                ? ""
                                : "line " + (yaml.getProblemMark().getLine() + 1)));
            case ConfigDataException config -> Optional.ofNullable(config.getMessage());
            default -> SettingProblems.in(cause).map(Throwable::getMessage);
        };
    }

    private static String unknown(Throwable failure) {
        Throwable root = causes(failure)
                .filter(SQLException.class::isInstance)
                .findFirst()
                .orElseGet(() -> causes(failure).reduce(failure, (first, second) -> second));
        String what = root instanceof SQLException ? "The database refused: " : "Flashsale failed: ";
        return what + (root.getMessage() == null ? "it does not say why" : oneLine(root.getMessage()))
                + " (LOGGING_LEVEL_DEV_FLASHSALE=DEBUG in the environment shows more)";
    }

    static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
                .limit(MAX_CAUSES)
                .flatMap(Stream::ofNullable);
    }
}
