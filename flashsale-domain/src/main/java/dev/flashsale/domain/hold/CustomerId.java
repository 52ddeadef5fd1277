package dev.flashsale.domain.hold;

import dev.flashsale.domain.InvalidValue;

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

    @Override
    public int compareTo(CustomerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
