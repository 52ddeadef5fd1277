package dev.flashsale.adapter.rest.webhook;

import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.adapter.rest.http.Refused;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lets a webhook through only if one of the secrets signed its bytes as they came, at most {@link #TOLERANCE} ago by
 * this server's clock, or ahead of it. A recorded webhook can be sent again for that long: it does nothing then, since
 * a transaction is applied once.
 */
public final class WebhookVerifier {

    /** Exactly that far off is still right, as in the libraries of both schemes. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final WebhookSignature signature;
    private final List<byte[]> keys;
    private final boolean verified;
    private final InstantSource clock;

    public WebhookVerifier(WebhookSettings settings, InstantSource clock) {
        this.signature = WebhookSignature.of(settings.scheme());
        this.keys = settings.secrets().stream()
                .map(signature::key)
                .flatMap(Optional::stream)
                .toList();
        this.verified = settings.verified();
        this.clock = clock;
    }

    /** Returns if this is a webhook of the gateway's; else throws {@link Refused}. */
    public void verify(Headers headers, byte[] body) {
        if (!verified) {
            return;
        }
        if (keys.isEmpty()) {
            throw BadSignature.because("This server has no secret to verify a webhook with, so it takes none."
                    + " Set flashsale.webhook.secret.");
        }
        WebhookSignature.Claim claim = signature.claim(headers);
        requireRecent(claim);
        if (!anySecretSigned(claim, body)) {
            throw BadSignature.because("No signature was made with a secret of this server over this very body.");
        }
    }

    private void requireRecent(WebhookSignature.Claim claim) {
        long age = clock.instant().getEpochSecond() - claim.signedAtEpochSecond();
        if (age > TOLERANCE.toSeconds()) {
            throw BadSignature.because("It was signed too long ago: its timestamp is too old.");
        }
        if (age < -TOLERANCE.toSeconds()) {
            throw BadSignature.because("It was signed in the future: its timestamp is too new.");
        }
    }

    /** Takes as long whichever of them is right, and however much of it. */
    private boolean anySecretSigned(WebhookSignature.Claim claim, byte[] body) {
        boolean any = false;
        for (byte[] key : keys) {
            byte[] right = bytes(signature.sign(key, claim.signedHeaders(), body));
            for (String claimed : claim.signatures()) {
                any |= MessageDigest.isEqual(bytes(claimed), right);
            }
        }
        return any;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
