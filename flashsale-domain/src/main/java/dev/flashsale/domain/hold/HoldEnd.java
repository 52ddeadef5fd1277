package dev.flashsale.domain.hold;

/** How a hold ended. */
public enum HoldEnd {
    /** Its pieces went into an order. */
    ORDERED,
    /** The buyer gave its pieces back. */
    RELEASED,
    /** Its time was over and its pieces were returned. */
    EXPIRED;

    /** The status of a hold that ended so. */
    public HoldStatus status() {
        return switch (this) {
            case ORDERED -> HoldStatus.ORDERED;
            case RELEASED -> HoldStatus.RELEASED;
            case EXPIRED -> HoldStatus.EXPIRED;
        };
    }
}
