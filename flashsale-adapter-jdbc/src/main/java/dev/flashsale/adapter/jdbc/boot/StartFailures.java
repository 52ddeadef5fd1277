package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.SchemaNotReady;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in words what a host's start failed of, instead of a stack trace, where it is about Flashsale and can be mended. */
final class StartFailures implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataSourceNotChosen notChosen) {
                return new FailureAnalysis(
                        "Flashsale does not know its DataSource. " + notChosen.found(), notChosen.action(), failure);
            }
            if (cause instanceof SchemaNotReady notReady) {
                return new FailureAnalysis(
                        "Flashsale's tables are not ready: " + notReady.getMessage(),
                        "Do what it says, or set flashsale.schema: migrate makes what is missing, validate only looks, none"
                                + " leaves it to you.",
                        failure);
            }
        }
        return null;
    }
}
