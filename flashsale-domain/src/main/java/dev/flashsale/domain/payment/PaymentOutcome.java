package dev.flashsale.domain.payment;

import dev.flashsale.domain.product.ProductId;

/** The answer to a report. {@link Conflict} and {@link AlreadyRecorded} come before the others. */
public sealed interface PaymentOutcome {

    /** This was said of the transaction before with another payload. Nothing changed; people see it until they have looked. */
    record Conflict(RecordedPayment known, Payment report) implements PaymentOutcome {

        /** As it is listed. */
        public ConflictingReport listed() {
            return new ConflictingReport(
                    report.id(),
                    report.orderId(),
                    report.reference(),
                    report.amount(),
                    report.currency(),
                    known.payment().orderId());
        }
    }

    /** Recorded now. */
    record Recorded(RecordedPayment payment) implements PaymentOutcome {}

    /** The same report had been recorded before; this is what it did. */
    record AlreadyRecorded(RecordedPayment payment) implements PaymentOutcome {}

    /**
     * A refund of pieces that its order does not have, or not any more. Nothing was recorded.
     *
     * @param left how many pieces of that product it has that have not come back
     */
    record NoSuchPieces(Payment refund, ProductId productId, int left) implements PaymentOutcome {}

    /** A refund, but no payment is known that it could give back. Nothing was recorded: it may come again, later. */
    record NothingToRefund(Payment refund) implements PaymentOutcome {}

    /** The answer to a report whose id is known. */
    static PaymentOutcome repeated(Payment payment, RecordedPayment known) {
        return known.payment().equals(payment) ? new AlreadyRecorded(known) : new Conflict(known, payment);
    }
}
