package dev.flashsale.domain.payment;

/** What the gateway says about a transaction. One may be declined, then succeed, then be given back. */
public enum PaymentStatus {
    SUCCESS,
    /** It came to nothing, and the order with it: its pieces return. */
    FAILED,
    /** Money that had been taken was given back. */
    REFUNDED,
    /** An attempt came to nothing, and another may follow: the order goes on waiting. */
    DECLINED,
    /** The gateway or the buyer is still at it. */
    PROCESSING
}
