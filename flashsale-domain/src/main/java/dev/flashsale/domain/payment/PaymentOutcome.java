package dev.flashsale.domain.payment;

/** The answer to a report. {@link Conflict} and {@link AlreadyRecorded} come before the others. */
public sealed interface PaymentOutcome {

    /** The transaction id is known with another payload. Nothing changed. */
    record Conflict(RecordedPayment known) implements PaymentOutcome {}

    /** Recorded now. */
    record Recorded(RecordedPayment payment) implements PaymentOutcome {}

    /** The same report had been recorded before; this is what it did. */
    record AlreadyRecorded(RecordedPayment payment) implements PaymentOutcome {}

    /** A refund, but no payment is known that it could give back. Nothing was recorded: it may come again, later. */
    record NothingToRefund(Payment refund) implements PaymentOutcome {}

    /** The answer to a report whose transaction id is known. */
    static PaymentOutcome repeated(Payment payment, RecordedPayment known) {
        return known.payment().equals(payment) ? new AlreadyRecorded(known) : new Conflict(known);
    }
}
