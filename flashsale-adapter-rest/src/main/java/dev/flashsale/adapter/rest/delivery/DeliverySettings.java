package dev.flashsale.adapter.rest.delivery;

import java.net.URI;
import java.time.Duration;

/**
 * How events are sent.
 *
 * @param timeout how long an attempt takes, from the look for the name to the end of the answer: up to {@link #MAX_TIMEOUT}
 * @param allowPrivate whether addresses of this machine and of private networks are sent to; then also without TLS
 * @param source what the events call the sale that they are of: a URI or the path of one, see {@link #isSource}
 */
public record DeliverySettings(Duration timeout, boolean allowPrivate, String source) {

    public static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    public static final int MAX_SOURCE_LENGTH = 200;

    public DeliverySettings {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "the timeout must be above 0 and up to " + MAX_TIMEOUT + ", was " + timeout);
        }
        if (!isSource(source)) {
            throw new IllegalArgumentException("the source must be a URI or the path of one, was " + source);
        }
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(Duration.ofSeconds(15), false, "/flashsale");
    }

    public static boolean isSource(String text) {
        try {
            return !text.isBlank()
                    && text.length() <= MAX_SOURCE_LENGTH
                    && !URI.create(text).toString().isEmpty();
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }
}
