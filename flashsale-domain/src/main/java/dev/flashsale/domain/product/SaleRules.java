package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * When a product is sold and how much of it at once and to one customer.
 *
 * <p>Refuses a limit below 1 with an {@link InvalidValue}.
 *
 * @param maxPerHold pieces in one hold, at most
 * @param maxPerCustomer pieces that one customer may have held, ordered and bought, at most; with it every hold names
 *     its customer
 */
public record SaleRules(
        @Nullable Integer maxPerHold, @Nullable Integer maxPerCustomer, SaleWindow window) {

    /** Sold always, to anybody, as many as there are. */
    public static final SaleRules NONE = new SaleRules(null, null, SaleWindow.ALWAYS);

    public SaleRules {
        requirePositive("limit per hold", maxPerHold);
        requirePositive("limit per customer", maxPerCustomer);
    }

    static void requirePositive(String name, @Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw new InvalidValue(name, "must be 1 or more", limit);
        }
    }
}
