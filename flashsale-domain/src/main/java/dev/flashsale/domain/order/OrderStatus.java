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
    /** An operator cancelled it before it was paid; its pieces were returned and nothing takes them again for it. */
    CANCELLED;

    /** Whether an order in this status keeps its pieces from others. */
    public boolean takesStock() {
        return switch (this) {
            case PENDING, PAID -> true;
            case FAILED, EXPIRED, CANCELLED -> false;
        };
    }

    /** Whether a late success takes the pieces of an order in this status once more, if it can. */
    public boolean mayTakeStockAgain() {
        return switch (this) {
            case FAILED, EXPIRED -> true;
            case PENDING, PAID, CANCELLED -> false;
        };
    }
}
