package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a product is sold and how much of it at once and to one customer.
 *
 * <p>Refuses a limit below 1 with an {@link InvalidValue}.
 *
 * @param maxPerHold pieces in one hold, at most
 * @param maxPerCustomer pieces that one customer may have held, ordered and bought, at most; with it every hold names
 *     its customer
 * @param retired whether it was taken off sale for good, whatever the window; it is listed apart from the others
 */
public record SaleRules(
        @Nullable Integer maxPerHold, @Nullable Integer maxPerCustomer, SaleWindow window, boolean retired) {

    /** Sold always, to anybody, as many as there are. */
    public static final SaleRules NONE = new SaleRules(null, null, SaleWindow.ALWAYS);

    public SaleRules {
        requirePositive("limit per hold", maxPerHold);
        requirePositive("limit per customer", maxPerCustomer);
    }

    /** Of a product that is not retired. */
    public SaleRules(@Nullable Integer maxPerHold, @Nullable Integer maxPerCustomer, SaleWindow window) {
        this(maxPerHold, maxPerCustomer, window, false);
    }

    /** These rules at another time. */
    public SaleRules with(SaleWindow newWindow) {
        return new SaleRules(maxPerHold, maxPerCustomer, newWindow, retired);
    }

    /** When it is sold as far as one can tell now: what is retired is not sold from now on. */
    public SaleWindow windowAt(Instant now) {
        return retired ? new SaleWindow(null, now) : window;
    }

    public SaleState stateAt(Instant now) {
        return retired ? SaleState.OVER : window.stateAt(now);
    }

    static void requirePositive(String name, @Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw new InvalidValue(name, "must be 1 or more", limit);
        }
    }
}
