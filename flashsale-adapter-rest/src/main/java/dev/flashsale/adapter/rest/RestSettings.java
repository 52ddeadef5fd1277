package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.operator.OperatorToken;
import java.time.Duration;
import java.util.List;

/**
 * How the server listens and what it lets a client do.
 *
 * @param port 0 for a free one
 * @param operatorTokens let their bearer read every order; without one nobody may
 * @param webhooks by what a report of a payment is known to be the gateway's
 * @param limits how often a client may ask for a hold
 * @param maxBodyBytes a larger body is refused with 413
 * @param maxHeaderBytes all headers of a request together; more is refused with 400
 * @param maxConnections more of them wait to be accepted
 * @param maxConcurrentRequests more of them are refused with 503 at once; new holds past half of it, product reads past
 *     a quarter, each at least one. Health checks do not count
 * @param idleTimeout how long a connection may be silent between two requests
 * @param readTimeout how long a request may take to arrive in full
 * @param drainTimeout how long closing waits for requests in flight
 */
public record RestSettings(
        String host,
        int port,
        List<String> operatorTokens,
        WebhookSettings webhooks,
        LimitSettings limits,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxConcurrentRequests,
        Duration idleTimeout,
        Duration readTimeout,
        Duration drainTimeout) {

    /** Each costs a comparison for each request that shows one. */
    public static final int MAX_TOKENS = 10;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_COUNT = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofHours(1);

    public RestSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        operatorTokens = List.copyOf(operatorTokens);
        if (operatorTokens.size() > MAX_TOKENS) {
            throw new IllegalArgumentException("operator tokens must be at most " + MAX_TOKENS);
        }
        if (!operatorTokens.stream().allMatch(OperatorToken::takes)) {
            throw new IllegalArgumentException("an operator token (not shown) is blank or no whole hash");
        }
        check("port", port, 0, MAX_PORT);
        check("max body bytes", maxBodyBytes, 1, MAX_BYTES);
        check("max header bytes", maxHeaderBytes, 1, MAX_BYTES);
        check("max connections", maxConnections, 1, MAX_COUNT);
        check("max concurrent requests", maxConcurrentRequests, 1, MAX_COUNT);
        check("idle timeout", idleTimeout);
        check("read timeout", readTimeout);
        check("drain timeout", drainTimeout);
    }

    public static RestSettings defaults() {
        return new RestSettings(
                "0.0.0.0",
                8080,
                List.of(),
                WebhookSettings.defaults(),
                LimitSettings.none(),
                16 * 1024,
                8 * 1024,
                10_000,
                1_024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    /** Whether this can be an operator's token: in clear, or {@code sha256:} and the whole of its hash. */
    public static boolean isOperatorToken(String token) {
        return OperatorToken.takes(token);
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
        return "RestSettings[" + host + ":" + port + ", " + operatorTokens.size() + " operator tokens, "
                + webhooks + ", " + limits + ", max body bytes " + maxBodyBytes
                + ", max header bytes " + maxHeaderBytes + ", max connections " + maxConnections
                + ", max concurrent requests " + maxConcurrentRequests + ", idle timeout " + idleTimeout
                + ", read timeout " + readTimeout + ", drain timeout " + drainTimeout + "]";
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", was " + value);
        }
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + MAX_DURATION + ", was " + value);
        }
    }
}
