package dev.flashsale.application;

/**
 * Use case: return the pieces of orders whose payment deadline passed. Any number of nodes may do it at once. Each product is
 * swept in a transaction of its own, also where the caller has one.
 */
@FunctionalInterface
public interface ExpireOrders {

    /**
     * Makes one pass, one bounded batch for each product that has overdue orders.
     *
     * @return how many orders ended; 0 once there is nothing left to do
     */
    int expire();
}
