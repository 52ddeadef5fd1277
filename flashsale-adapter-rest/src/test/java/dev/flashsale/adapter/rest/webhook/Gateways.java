package dev.flashsale.adapter.rest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as payment gateways do, from the schemes' descriptions and with none of the code under test. */
public final class Gateways {

    private Gateways() {}

    /** The headers of Standard Webhooks, with a signature for each secret. */
    public static Map<String, String> standard(String id, long timestamp, String body, String... secrets) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put(
                "webhook-signature",
                Arrays.stream(secrets)
                        .map(secret -> Base64.getDecoder().decode(secret.substring("whsec_".length())))
                        .map(key -> hmac(key, id + "." + timestamp + "." + body))
                        .map(signature -> "v1," + Base64.getEncoder().encodeToString(signature))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    /** Stripe's header, with a signature for each secret, and one of another version as its test events have. */
    public static Map<String, String> stripe(long timestamp, String body, String... secrets) {
        return Map.of(
                "Stripe-Signature",
                Arrays.stream(secrets)
                        .map(secret -> hmac(secret.getBytes(UTF_8), timestamp + "." + body))
                        .map(signature -> ",v1=" + HexFormat.of().formatHex(signature))
                        .collect(Collectors.joining("", "t=" + timestamp, ",v0=6ffbb59b")));
    }

    public static Headers headers(Map<String, String> headers) {
        WritableHeaders<?> all = WritableHeaders.create();
        headers.forEach((name, value) -> all.set(HeaderNames.create(name), value));
        return all;
    }

    /** As {@code Service.send} takes them, with the content type. */
    public static String[] flat(Map<String, String> headers) {
        return Stream.concat(
                        Stream.of("Content-Type", "application/json"),
                        headers.entrySet().stream().flatMap(header -> Stream.of(header.getKey(), header.getValue())))
                .toArray(String[]::new);
    }

    private static byte[] hmac(byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
