package dev.flashsale.domain.payment;

/** What the gateway says about a transaction. */
public enum PaymentStatus {
    SUCCESS,
    FAILED,
    /** Money that had been taken was given back. */
    REFUNDED
}
