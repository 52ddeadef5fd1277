package dev.flashsale.domain.hold;

/** What a hold is at some moment. Every status but {@link #ACTIVE} is final. */
public enum HoldStatus {
    ACTIVE,
    ORDERED,
    RELEASED,
    EXPIRED
}
