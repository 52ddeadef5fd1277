package dev.flashsale.adapter.rest.webhook;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Stripe's: signed is {@code timestamp.body}, sent is {@code t=timestamp,v1=hex}, with several {@code v1} while a secret
 * is rotated and perhaps other names beside it. See docs.stripe.com/webhooks, "Verify webhook signatures manually".
 */
final class StripeSignature implements WebhookSignature {

    private static final HeaderName SIGNATURE = HeaderNames.create("Stripe-Signature");
    private static final String TIMESTAMP = "t=";
    private static final String VERSION = "v1=";
    private static final int MIN_SECRET_LENGTH = 16;

    @Override
    public Optional<byte[]> key(String secret) {
        return Optional.of(secret)
                .filter(text -> text.length() >= MIN_SECRET_LENGTH)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Claim claim(Headers headers) {
        List<String> timestamps = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        for (String part : BadSignature.requireOne(headers, SIGNATURE).split(",", -1)) {
            if (part.startsWith(TIMESTAMP)) {
                timestamps.add(part.substring(TIMESTAMP.length()));
            } else if (part.startsWith(VERSION)) {
                signatures.add(part);
            }
        }
        if (timestamps.size() != 1 || signatures.isEmpty()) {
            throw BadSignature.because("The header stripe-signature needs one t= and at least one v1=");
        }
        String timestamp = timestamps.getFirst();
        long signedAt = BadSignature.requireEpochSecond("t= in the header stripe-signature", timestamp);
        return new Claim(signedAt, timestamp, signatures);
    }

    @Override
    public String write(byte[] signature) {
        return VERSION + HexFormat.of().formatHex(signature);
    }
}
