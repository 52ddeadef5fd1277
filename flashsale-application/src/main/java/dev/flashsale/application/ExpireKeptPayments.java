package dev.flashsale.application;

/**
 * Use case: stop waiting for orders that do not come. Any number of nodes may do it at once. It has a transaction of its own,
 * also where the caller has one.
 */
@FunctionalInterface
public interface ExpireKeptPayments {

    /**
     * Decides one bounded batch of payments that have been kept for too long: the money of a success must be given back, a
     * failure is ignored.
     *
     * @return how many payments were decided; 0 once there is nothing left to do
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    int expire();
}
