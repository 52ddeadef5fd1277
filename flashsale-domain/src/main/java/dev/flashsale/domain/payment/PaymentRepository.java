package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary port: the payments, as requests need them. */
public interface PaymentRepository {

    /** Locks all that was reported of these transactions until the transaction ends. */
    Map<ReportId, RecordedPayment> lock(Set<TransactionId> ids);

    /**
     * The same for whoever inserts those that do not exist. It may miss one that another transaction has just inserted: then
     * the insert fails, and the work is run again.
     */
    default Map<ReportId, RecordedPayment> lockBeforeInsert(Set<TransactionId> ids) {
        return lock(ids);
    }

    /** Adds new payments, one for each {@link ReportId}. Money that must be given back is listed as such from then on, as in {@link #settle}. */
    void insert(Collection<RecordedPayment> payments);

    /** Locks the payments that are kept for these orders, in the order in which they came. */
    List<Payment> lockKept(Set<OrderId> orderIds);

    /** Writes what payments that were kept, and are locked by this transaction, did. */
    void settle(Collection<RecordedPayment> payments);

    /** Locks all payments of an order, in the order in which they came. */
    List<RecordedPayment> lockOf(OrderId orderId);

    /** Those of these successes, which this transaction has locked, whose money must still be given back. */
    Set<TransactionId> openRefunds(Set<TransactionId> ids);

    /** Writes that the money of payments that this transaction has locked, and that was to be given back, was. */
    void refundDone(Set<TransactionId> ids);

    /** Lists these until somebody has looked, each once however often it comes, and no more after that. */
    void listConflicts(Collection<ConflictingReport> reports);

    /** Writes that somebody has looked at one; false if it is not listed. */
    boolean resolveConflict(long number);
}
