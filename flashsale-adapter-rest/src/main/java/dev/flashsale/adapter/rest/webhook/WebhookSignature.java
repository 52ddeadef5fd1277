package dev.flashsale.adapter.rest.webhook;

import dev.flashsale.adapter.rest.WebhookScheme;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Optional;

/**
 * What differs between the schemes by which gateways sign: the headers, what a secret stands for and how a signature is
 * written. All of them sign with HMAC-SHA256 what the headers say, a full stop, and the body.
 */
public interface WebhookSignature {

    /**
     * What the headers claim, before anything of it is known to be true.
     *
     * @param signedHeaders comes before the full stop and the body
     * @param signatures as they were sent, any of which may be right
     */
    record Claim(long signedAtEpochSecond, String signedHeaders, List<String> signatures) {}

    int MAX_SECRET_LENGTH = 512;

    static WebhookSignature of(WebhookScheme scheme) {
        return switch (scheme) {
            case STANDARD_WEBHOOKS -> new StandardWebhooksSignature();
            case STRIPE -> new StripeSignature();
        };
    }

    /** Whether this can be a secret. */
    default boolean takes(String secret) {
        return secret.length() <= MAX_SECRET_LENGTH && key(secret).isPresent();
    }

    /** The key that a secret stands for, if it can be one. */
    Optional<byte[]> key(String secret);

    /** Reads the headers, or refuses with {@link BadSignature}. */
    Claim claim(Headers headers);

    /** How a signature is written in {@link Claim#signatures}. */
    String write(byte[] signature);
}
