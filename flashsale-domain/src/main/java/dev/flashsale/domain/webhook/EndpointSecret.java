package dev.flashsale.domain.webhook;

import dev.flashsale.domain.InvalidValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Signs what is sent to an endpoint, which knows it, too, and by that knows who sent it. {@link #MIN_BYTES} to
 * {@link #MAX_BYTES} bytes, as Standard Webhooks wants them.
 */
public final class EndpointSecret {

    public static final int MIN_BYTES = 24;
    public static final int MAX_BYTES = 64;

    private static final int NEW_BYTES = 32;
    private static final String PREFIX = "whsec_";
    private static final String RULE =
            "must be " + PREFIX + " and the base64 of " + MIN_BYTES + " to " + MAX_BYTES + " bytes";

    private final byte[] bytes;

    private EndpointSecret(byte[] bytes) {
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new InvalidValue("secret", RULE);
        }
        this.bytes = bytes;
    }

    /** A new one. */
    public static EndpointSecret random(RandomGenerator random) {
        byte[] bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return new EndpointSecret(bytes);
    }

    /**
     * As {@link #text} writes it.
     *
     * @throws InvalidValue if it is none; does not say what it was instead
     */
    public static EndpointSecret parse(String whsec) {
        if (!whsec.startsWith(PREFIX)) {
            throw new InvalidValue("secret", RULE);
        }
        try {
            return new EndpointSecret(Base64.getDecoder().decode(whsec.substring(PREFIX.length())));
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidValue("secret", RULE);
        }
    }

    /** What signs. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As people hand it over: {@code whsec_} and base64. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointSecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Does not show it. */
    @Override
    public String toString() {
        return "EndpointSecret[" + bytes.length + " bytes]";
    }
}
