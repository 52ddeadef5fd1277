package dev.flashsale.domain.idempotency;

import dev.flashsale.domain.hold.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A key where it counts: among requests of one kind and, where they name a customer, of that customer. Outcomes are kept
 * in the order of these.
 *
 * @param value key, customer and kind; no two scopes share one, and it never ends in a space, which some databases do not
 *     tell from nothing
 */
public record ScopedKey(String value) implements Comparable<ScopedKey> {

    /** Neither in a key nor in a customer's id. */
    private static final char BETWEEN = '\t';

    private static final String HOLD = "hold";

    /**
     * Among the holds of a customer, or of all who do not say who they are.
     *
     * @param customerId who wishes to hold, if that was said
     */
    public static ScopedKey ofHold(IdempotencyKey key, @Nullable CustomerId customerId) {
        return of(key, customerId == null ? "" : customerId.value(), HOLD);
    }

    public static ScopedKey ofOrder(IdempotencyKey key) {
        return of(key, "", "order");
    }

    /** Among the new products of all operators. */
    public static ScopedKey ofProduct(IdempotencyKey key) {
        return of(key, "", "product");
    }

    /** Whether it counts among the holds of that customer. */
    public boolean isOf(CustomerId customerId) {
        return value.endsWith(BETWEEN + customerId.value() + BETWEEN + HOLD);
    }

    private static ScopedKey of(IdempotencyKey key, String customer, String kind) {
        return new ScopedKey(key.value() + BETWEEN + customer + BETWEEN + kind);
    }

    @Override
    public int compareTo(ScopedKey other) {
        return value.compareTo(other.value);
    }
}
