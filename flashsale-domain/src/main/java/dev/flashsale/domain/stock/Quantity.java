package dev.flashsale.domain.stock;

import dev.flashsale.domain.InvalidValue;

/**
 * A number of pieces: 1 to {@value #MAX}.
 *
 * <p>Refuses anything else with an {@link InvalidValue}.
 */
public record Quantity(int value) {

    public static final int MAX = 1_000_000;

    public Quantity {
        if (value < 1 || value > MAX) {
            throw new InvalidValue("quantity", "must be from 1 to " + MAX, value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
