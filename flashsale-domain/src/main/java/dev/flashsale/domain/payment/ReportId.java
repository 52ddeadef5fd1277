package dev.flashsale.domain.payment;

import java.util.Comparator;

/**
 * What tells reports apart: gateways keep a transaction's id while it fails, is tried again, succeeds and is given back, and
 * say each of these once, or repeat it.
 */
public record ReportId(TransactionId transactionId, PaymentStatus status) implements Comparable<ReportId> {

    private static final Comparator<ReportId> ORDER =
            Comparator.comparing(ReportId::transactionId).thenComparing(ReportId::status);

    /** Of the report that the money was taken. */
    public static ReportId ofSuccess(TransactionId transactionId) {
        return new ReportId(transactionId, PaymentStatus.SUCCESS);
    }

    @Override
    public int compareTo(ReportId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return transactionId + " " + status;
    }
}
