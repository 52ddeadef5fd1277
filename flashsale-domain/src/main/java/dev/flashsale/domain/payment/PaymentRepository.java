package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary port: the payments. */
public interface PaymentRepository {

    /** Locks the payments that exist among these until the transaction ends. */
    Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids);

    /**
     * The same for whoever inserts those that do not exist. It may miss one that another transaction has just inserted: then
     * the insert fails, and the work is run again.
     */
    default Map<TransactionId, RecordedPayment> lockBeforeInsert(Set<TransactionId> ids) {
        return lock(ids);
    }

    /** Adds new payments. Money that must be given back is listed as such from then on, as in {@link #settle}. */
    void insert(Collection<RecordedPayment> payments);

    /** Locks the payments that are kept for these orders, in the order in which they came. */
    List<Payment> lockKept(Set<OrderId> orderIds);

    /** Writes what payments that were kept, and are locked by this transaction, did. */
    void settle(Collection<RecordedPayment> payments);

    /**
     * Locks all payments of these orders. Never waits: an order of which another transaction has locked a payment is
     * left out of the answer.
     *
     * @param orderIds orders that this transaction has locked, so that nobody adds payments to them
     * @return the payments of each order; none for an order that has none
     */
    Map<OrderId, List<RecordedPayment>> lockFreeOf(Set<OrderId> orderIds);

    /** Locks all payments of an order, in the order in which they came. */
    List<RecordedPayment> lockOf(OrderId orderId);

    /**
     * Locks payments that have been kept for that long, the oldest first. Payments that another transaction has locked
     * are passed over, so this never waits.
     *
     * @param limit at most this many
     */
    List<Payment> lockKeptFor(Duration age, int limit);

    /** Those of these payments, which this transaction has locked, whose money must still be given back. */
    Set<TransactionId> openRefunds(Set<TransactionId> ids);

    /**
     * A page of the money that must be given back, in the order in which the payments came. Nothing is locked.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit at most this many
     */
    List<OpenRefund> openRefunds(long after, int limit);

    /** Writes that the money of payments that this transaction has locked, and that was to be given back, was. */
    void refundDone(Set<TransactionId> ids);

    /** Removes payments that this transaction has locked. */
    void delete(Set<TransactionId> ids);
}
