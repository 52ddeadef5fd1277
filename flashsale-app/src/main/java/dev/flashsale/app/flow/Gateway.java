package dev.flashsale.app.flow;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as payment gateways do. Shares nothing with the server, so that both are held to the schemes. */
@FunctionalInterface
public interface Gateway {

    /** The headers that go with a webhook of this body, sent now. */
    Map<String, String> sign(String body);

    /**
     * Signs by Standard Webhooks.
     *
     * @param secret {@code whsec_} and base64
     */
    static Gateway standardWebhooks(String secret) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return body -> {
            String id = "msg_" + UUID.randomUUID();
            String timestamp = now();
            byte[] signature = hmac(key, id + "." + timestamp + "." + body);
            return Map.of(
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    timestamp,
                    "webhook-signature",
                    "v1," + Base64.getEncoder().encodeToString(signature));
        };
    }

    /** Signs by Stripe's scheme. */
    static Gateway stripe(String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        return body -> {
            String timestamp = now();
            byte[] signature = hmac(key, timestamp + "." + body);
            return Map.of(
                    "Stripe-Signature",
                    "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(signature));
        };
    }

    /** A secret for a server of one's own, in either scheme. */
    static String newSecret() {
        byte[] key = new byte[24];
        new SecureRandom().nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private static String now() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    private static byte[] hmac(byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
