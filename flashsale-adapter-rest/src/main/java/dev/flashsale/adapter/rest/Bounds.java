package dev.flashsale.adapter.rest;

import java.time.Duration;
import java.util.List;

/** What settings may be. */
final class Bounds {

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private Bounds() {}

    static String host(String address) {
        if (address.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        return address;
    }

    static List<String> operatorTokens(List<String> tokens) {
        if (tokens.size() > RestSettings.MAX_TOKENS) {
            throw new IllegalArgumentException("operator tokens must be at most " + RestSettings.MAX_TOKENS);
        }
        if (!tokens.stream().allMatch(RestSettings::isOperatorToken)) {
            throw new IllegalArgumentException("an operator token (not shown) is blank or no whole hash");
        }
        return List.copyOf(tokens);
    }

    static List<String> corsOrigins(List<String> origins) {
        if (!RestSettings.areOrigins(origins)) {
            throw new IllegalArgumentException("cors origins must be origins, were " + origins);
        }
        return List.copyOf(origins);
    }

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
