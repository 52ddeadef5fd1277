package dev.flashsale.domain.idempotency;

import dev.flashsale.domain.InvalidValue;

/**
 * A caller's name for a request, by which its repetition is recognised: 1 to {@value #MAX_LENGTH} printable ASCII
 * characters. Upper and lower case are different. Two callers who are not told apart must not choose the same one, so it
 * should be random, such as a UUID.
 *
 * <p>Refuses anything else with an {@link InvalidValue}.
 */
public record IdempotencyKey(String value) {

    public static final int MAX_LENGTH = 255;

    public IdempotencyKey {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            throw new InvalidValue("an idempotency key", "must be 1 to " + MAX_LENGTH + " printable ASCII characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
