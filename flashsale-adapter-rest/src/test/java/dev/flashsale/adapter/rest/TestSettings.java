package dev.flashsale.adapter.rest;

import java.time.Duration;
import java.util.List;

/** Settings with valid defaults, for the loopback address and a free port. */
final class TestSettings {

    private int maxConcurrentRequests = 64;
    private int port;
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration readTimeout = Duration.ofSeconds(30);
    private Duration drainTimeout = Duration.ofSeconds(10);
    private List<String> operatorTokens = List.of(Service.TOKEN);
    private WebhookSettings webhooks = new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of(), true);

    private LimitSettings limits = LimitSettings.none();

    TestSettings port(int value) {
        port = value;
        return this;
    }

    TestSettings maxConcurrentRequests(int value) {
        maxConcurrentRequests = value;
        return this;
    }

    TestSettings idleTimeout(Duration value) {
        idleTimeout = value;
        return this;
    }

    TestSettings readTimeout(Duration value) {
        readTimeout = value;
        return this;
    }

    TestSettings drainTimeout(Duration value) {
        drainTimeout = value;
        return this;
    }

    TestSettings operatorTokens(String... values) {
        operatorTokens = List.of(values);
        return this;
    }

    TestSettings webhooks(WebhookSettings value) {
        webhooks = value;
        return this;
    }

    TestSettings limits(LimitSettings value) {
        limits = value;
        return this;
    }

    RestSettings build() {
        return new RestSettings(
                "127.0.0.1",
                port,
                operatorTokens,
                webhooks,
                limits,
                16 * 1024,
                8 * 1024,
                1_000,
                maxConcurrentRequests,
                idleTimeout,
                readTimeout,
                drainTimeout);
    }
}
