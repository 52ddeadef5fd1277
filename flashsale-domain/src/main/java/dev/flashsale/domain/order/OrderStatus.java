package dev.flashsale.domain.order;

/** What an order is. See {@link Order} for how one leads to another. */
public enum OrderStatus {
    /** Waits for its payment; its pieces are taken. */
    PENDING,
    /** Paid; its pieces are sold. */
    PAID,
    /** Its payment failed; its pieces were returned. */
    FAILED,
    /** Its payment deadline passed; its pieces were returned. */
    EXPIRED,
    /** It was paid and the money was given back; its pieces did not come back and count as sold. */
    REFUNDED,
    /** It was paid, the money was given back and its pieces were returned. */
    RETURNED,
    /** An operator cancelled it before it was paid; its pieces were returned and nothing takes them again for it. */
    CANCELLED;

    /** Whether an order in this status keeps its pieces from others. */
    public boolean takesStock() {
        return switch (this) {
            case PENDING, PAID, REFUNDED -> true;
            case FAILED, EXPIRED, RETURNED, CANCELLED -> false;
        };
    }

    /** Whether a late success may take its pieces again and pay it. */
    public boolean mayBePaidLate() {
        return switch (this) {
            case FAILED, EXPIRED -> true;
            case PENDING, PAID, REFUNDED, RETURNED, CANCELLED -> false;
        };
    }
}
