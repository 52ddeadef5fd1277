package dev.flashsale.adapter.rest;

import java.time.Duration;
import java.util.List;

/** Settings with valid defaults, for the loopback address and a free port. */
final class TestSettings {

    private TestSettings() {}

    static RestSettings.Builder builder() {
        return RestSettings.builder()
                .host("127.0.0.1")
                .port(0)
                .operatorTokens(List.of(Service.TOKEN))
                .webhooks(new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of(), true))
                .maxConnections(1_000)
                .maxConcurrentRequests(64)
                .idleTimeout(Duration.ofSeconds(30));
    }
}
