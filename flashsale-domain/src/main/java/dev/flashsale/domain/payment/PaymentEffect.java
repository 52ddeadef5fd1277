package dev.flashsale.domain.payment;

/** What a payment did when it was decided. */
public enum PaymentEffect {
    /**
     * It made its order paid, failed, refunded or returned, or gave back what had to be given back; or an attempt was
     * declined, and the order waits for another.
     */
    APPLIED,
    /** Its order does not exist yet: it waits and is decided in the transaction that makes the order. */
    KEPT,
    /** It changed nothing: a failure of an order that no longer waits for its payment, a refund too many, what is under way. */
    IGNORED,
    /** Money was taken that the order cannot use; someone must give it back. */
    REFUND_REQUIRED
}
