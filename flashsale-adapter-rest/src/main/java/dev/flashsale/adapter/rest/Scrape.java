package dev.flashsale.adapter.rest;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** {@code /metrics}, for Prometheus. */
final class Scrape {

    private final Probes.Metrics metrics;
    private final OperatorToken operators;

    Scrape(Probes.Metrics metrics, OperatorToken operators) {
        this.metrics = metrics;
        this.operators = operators;
    }

    void scrape(ServerRequest request, ServerResponse response) {
        if (!metrics.open()) {
            operators.require(request);
        }
        Reply.metrics(request, response, metrics.text().get().getBytes(StandardCharsets.UTF_8));
    }
}
