package dev.flashsale.domain.payment;

import dev.flashsale.domain.InvalidValue;

/**
 * The gateway's name for a transaction: 1 to {@value #MAX_LENGTH} visible ASCII characters. Upper and lower case are
 * different.
 *
 * <p>Refuses anything else with an {@link InvalidValue}.
 */
public record TransactionId(String value) implements Comparable<TransactionId> {

    public static final int MAX_LENGTH = 128;

    public TransactionId {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new InvalidValue(
                    "transaction id", "must be 1 to " + MAX_LENGTH + " visible ASCII characters without spaces");
        }
    }

    @Override
    public int compareTo(TransactionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
