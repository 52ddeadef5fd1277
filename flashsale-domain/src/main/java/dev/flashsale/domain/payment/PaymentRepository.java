package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary port: the payments. */
public interface PaymentRepository {

    /** Locks the payments that exist among these until the transaction ends. */
    Map<TransactionId, RecordedPayment> lock(Set<TransactionId> ids);

    /** Adds new payments. */
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

    /** Removes payments that this transaction has locked. */
    void delete(Set<TransactionId> ids);
}
