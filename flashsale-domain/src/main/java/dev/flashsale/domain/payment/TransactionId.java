package dev.flashsale.domain.payment;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.order.OrderId;

/**
 * The gateway's name for a transaction: 1 to {@value #MAX_LENGTH} visible ASCII characters. Upper and lower case are
 * different. What begins with {@value #BY_HAND} is what an operator accepted without a gateway.
 *
 * <p>Refuses anything else with an {@link InvalidValue}.
 */
public record TransactionId(String value) implements Comparable<TransactionId> {

    public static final int MAX_LENGTH = 128;

    /** Followed by the order's number. */
    public static final String BY_HAND = "by-hand-";

    public TransactionId {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new InvalidValue(
                    "transaction id", "must be 1 to " + MAX_LENGTH + " visible ASCII characters without spaces");
        }
    }

    /** Of what an operator accepts for that order. */
    public static TransactionId byHand(OrderId order) {
        return new TransactionId(BY_HAND + order);
    }

    /** A gateway's. Refuses what an operator's begins with, too. */
    public static TransactionId ofGateway(String value) {
        if (value.startsWith(BY_HAND)) {
            throw new InvalidValue(
                    "transaction id", "must not begin with " + BY_HAND + ", as what operators accept does");
        }
        return new TransactionId(value);
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
