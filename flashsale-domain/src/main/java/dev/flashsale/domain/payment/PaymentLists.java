package dev.flashsale.domain.payment;

import java.util.List;

/** Secondary port: the payments, as people look at them. */
public interface PaymentLists {

    /**
     * A page of the money that must be given back, in the order in which the payments came. Nothing is locked.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit at most this many
     */
    List<OpenRefund> openRefunds(long after, int limit);
}
