package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secondary port: the payments, as whoever tidies up needs them. */
public interface PaymentHousekeeping {

    /**
     * Locks all payments of these orders. Never waits: an order of which another transaction has locked a payment is
     * left out of the answer.
     *
     * @param orderIds orders that this transaction has locked, so that nobody adds payments to them
     * @return the payments of each order; none for an order that has none
     */
    Map<OrderId, List<RecordedPayment>> lockFreeOf(Set<OrderId> orderIds);

    /**
     * Locks payments that have been kept for that long, the oldest first. Payments that another transaction has locked
     * are passed over, so this never waits.
     *
     * @param limit at most this many
     */
    List<Payment> lockKeptFor(Duration age, int limit);

    /**
     * Transactions of payments that are kept although their orders exist, the oldest first, not locked.
     *
     * @param age how long ago they came, at most
     * @param limit at most this many
     */
    List<TransactionId> keptThoughOrdered(Duration age, int limit);

    /** Removes payments that this transaction has locked. */
    void delete(Set<ReportId> ids);
}
