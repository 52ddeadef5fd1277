package dev.flashsale.application;

/**
 * Use case: return the pieces of holds whose time is over. Any number of nodes may do it at once. Each product is swept in a
 * transaction of its own, also where the caller has one.
 */
@FunctionalInterface
public interface ExpireHolds {

    /**
     * Makes one pass, one bounded batch for each product that has expired holds.
     *
     * @return how many holds ended; 0 once there is nothing left to do
     */
    int expire();
}
