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
    EXPIRED;

    /** Whether an order in this status keeps its pieces from others. */
    public boolean takesStock() {
        return switch (this) {
            case PENDING, PAID -> true;
            case FAILED, EXPIRED -> false;
        };
    }
}
