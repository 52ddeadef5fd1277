package dev.flashsale.adapter.rest;

import java.time.Duration;

/** What numbers and times in settings may be. */
final class Bounds {

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private Bounds() {}

    static int checked(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", was " + value);
        }
        return value;
    }

    static Duration checked(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + MAX_DURATION + ", was " + value);
        }
        return value;
    }
}
