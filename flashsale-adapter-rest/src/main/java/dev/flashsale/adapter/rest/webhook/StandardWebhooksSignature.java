package dev.flashsale.adapter.rest.webhook;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Standard Webhooks, symmetric: signed is {@code id.timestamp.body}, sent are {@code v1,} and base64, several of them
 * with spaces between. See github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */
public final class StandardWebhooksSignature implements WebhookSignature {

    private static final HeaderName ID = HeaderNames.create("webhook-id");
    private static final HeaderName TIMESTAMP = HeaderNames.create("webhook-timestamp");
    private static final HeaderName SIGNATURE = HeaderNames.create("webhook-signature");
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int MIN_KEY_BYTES = 24;

    @Override
    public Optional<byte[]> key(String secret) {
        if (!secret.startsWith(SECRET_PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
            return Optional.of(key).filter(bytes -> bytes.length >= MIN_KEY_BYTES);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public Claim claim(Headers headers) {
        String id = BadSignature.requireOne(headers, ID);
        String timestamp = BadSignature.requireOne(headers, TIMESTAMP);
        List<String> signatures = Arrays.stream(
                        BadSignature.requireOne(headers, SIGNATURE).split(" ", -1))
                .filter(signature -> signature.startsWith(VERSION))
                .toList();
        if (signatures.isEmpty()) {
            throw BadSignature.because("The header webhook-signature has no signature that begins with v1,");
        }
        long signedAt = BadSignature.requireEpochSecond("The header webhook-timestamp", timestamp);
        return new Claim(signedAt, id + "." + timestamp, signatures);
    }

    /**
     * What goes with a webhook of one's own.
     *
     * @param id the same however often it is sent
     * @param keys each signs
     */
    public Map<String, String> headers(String id, Instant at, List<byte[]> keys, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        String signatures =
                keys.stream().map(key -> sign(key, id + "." + timestamp, body)).collect(Collectors.joining(" "));
        return Map.of(ID.defaultCase(), id, TIMESTAMP.defaultCase(), timestamp, SIGNATURE.defaultCase(), signatures);
    }

    @Override
    public String write(byte[] signature) {
        return VERSION + Base64.getEncoder().encodeToString(signature);
    }
}
