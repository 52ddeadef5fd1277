package dev.flashsale.domain.payment;

/** What became of the word of an operator that money was given back. A payment is in exactly one of these situations. */
public sealed interface RefundOutcome {

    /** It is off the list now. */
    record Done(RecordedPayment payment) implements RefundOutcome {}

    /** It was off the list before. */
    record AlreadyDone(RecordedPayment payment) implements RefundOutcome {}

    /** Nobody had to give the money of this payment back. */
    record NotRequired(RecordedPayment payment) implements RefundOutcome {}

    /** There is no such payment. */
    record UnknownPayment(TransactionId transactionId) implements RefundOutcome {}
}
