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
}
