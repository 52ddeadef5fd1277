package dev.flashsale.adapter.rest.boot;

import dev.flashsale.adapter.rest.PortInUse;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words that a host's start failed of a port that is taken, instead of a stack trace. */
final class RestStartFailures extends AbstractFailureAnalyzer<PortInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, PortInUse inUse) {
        return new FailureAnalysis(
                "Flashsale's HTTP API has no port: " + inUse.getMessage(),
                "Set flashsale.http.port to another one, or to 0 for a free one. It is beside server.port, which is the host's own.",
                failure);
    }
}
