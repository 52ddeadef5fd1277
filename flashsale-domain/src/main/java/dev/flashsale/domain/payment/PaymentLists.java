package dev.flashsale.domain.payment;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.order.OrderId;
import java.util.Set;

/** Secondary port: the payments, as people look at them. */
public interface PaymentLists {

    /**
     * A page of the money that must be given back, by the payments' numbers, in the order in which they came. Nothing is locked.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit at most this many
     */
    Slice<Long, ReceivedPayment> openRefunds(long after, int limit);

    /**
     * A page of the payments that are kept until their orders come, by the payments' numbers, in the order in which they came.
     * Nothing is locked.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit at most this many
     */
    Slice<Long, ReceivedPayment> kept(long after, int limit);

    /**
     * A page of the reports that contradict what is known and that nobody has looked at, in the order in which they came first.
     * Nothing is locked.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit at most this many
     */
    Slice<Long, ListedConflict> conflicts(long after, int limit);

    /** All payments of these orders, by the payments' numbers, in the order in which they came. Nothing is locked. */
    Slice<Long, ReceivedPayment> ofOrders(Set<OrderId> ids);
}
