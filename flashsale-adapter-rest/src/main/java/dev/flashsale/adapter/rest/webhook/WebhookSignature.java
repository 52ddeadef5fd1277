package dev.flashsale.adapter.rest.webhook;

import dev.flashsale.adapter.rest.WebhookScheme;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
    String ALGORITHM = "HmacSHA256";

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

    /** Signs, as it is written in {@link Claim#signatures}. */
    default String sign(byte[] key, String signedHeaders, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(signedHeaders.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            return write(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
