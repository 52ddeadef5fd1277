package dev.flashsale.domain.hold;

import dev.flashsale.domain.InvalidValue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who holds, as the shop names its customers: 1 to {@value #MAX_LENGTH} visible ASCII characters. Upper and lower case
 * are different.
 *
 * <p>Refuses anything else with an {@link InvalidValue}.
 */
public record CustomerId(String value) implements Comparable<CustomerId> {

    public static final int MAX_LENGTH = 128;

    public CustomerId {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new InvalidValue(
                    "customer id", "must be 1 to " + MAX_LENGTH + " visible ASCII characters without spaces");
        }
    }

    /**
     * In place of a customer who is forgotten.
     *
     * @param random tells nothing of who it was
     */
    public static CustomerId forgotten(UUID random) {
        return new CustomerId("forgotten-" + random);
    }

    /** Whether a text has this id in it, as a word, in upper or lower case. */
    public boolean isNamedIn(String text) {
        return Pattern.compile("(?<![a-z0-9])" + Pattern.quote(value) + "(?![a-z0-9])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    @Override
    public int compareTo(CustomerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
