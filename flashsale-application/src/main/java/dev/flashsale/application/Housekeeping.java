package dev.flashsale.application;

import java.time.Duration;

/**
 * Keeps the tables tidy: availability is right without it. Any number of nodes may do it at once, while the sale goes on.
 * Everything is done in short transactions of its own, also where the caller has one.
 *
 * <p>Every method but {@link #start} and {@link #tidy} throws {@link Busy} if the database could not do it now.
 */
public interface Housekeeping {

    /** For that long every caller may rely on the first outcome under an idempotency key. */
    Duration MIN_KEY_AGE = Duration.ofDays(1);

    /** As many idempotency keys are forgotten in one short transaction. */
    int MAX_KEYS_AT_ONCE = 1000;

    /**
     * Tidies up on a thread of its own until it is closed: now, and again whenever the interval has passed since. Each time
     * it goes on for a bounded number of steps of each kind; what fails is logged once, and tried again.
     *
     * @param keyRetention how long idempotency keys are kept, {@link #MIN_KEY_AGE} or more
     */
    Running start(Duration interval, Duration keyRetention);

    /**
     * Tidies up once, on this thread, as {@link #start} does each time: for whoever has a scheduler. Ends early if the thread is
     * interrupted.
     *
     * @param keyRetention how long idempotency keys are kept, {@link #MIN_KEY_AGE} or more
     */
    void tidy(Duration keyRetention);

    /** Housekeeping that goes on by itself. */
    interface Running extends AutoCloseable {

        /** Returns when the step under way has ended, and after 20 seconds at the latest. */
        @Override
        void close();
    }

    /**
     * Ends one bounded batch of holds whose time is over, of each product, and gives their pieces back.
     *
     * @return how many ended; 0 once there is nothing left to do
     */
    int expireHolds();

    /**
     * Ends one bounded batch of orders that were not paid in time, of each product, and gives their pieces back.
     *
     * @return how many ended; 0 once there is nothing left to do
     */
    int expireOrders();

    /**
     * Stops waiting for orders that do not come: decides one bounded batch of payments that have been kept for too long.
     * The money of a success must be given back, a failure is ignored.
     *
     * @return how many payments were decided; 0 once there is nothing left to do
     */
    int expireKeptPayments();

    /**
     * Lets payments of the last minutes take effect that are kept although their orders exist: where a payment and its order
     * are made at the same moment on two members of a cluster, neither sees the other. Elsewhere there are none.
     *
     * @return how many payments were decided; 0 once there is nothing left to do
     */
    int settleKeptPayments();

    /**
     * Forgets the oldest outcomes that are kept under idempotency keys, {@value #MAX_KEYS_AT_ONCE} at most. Waits for
     * nobody.
     *
     * @param age how long ago they must have been kept, {@link #MIN_KEY_AGE} or more
     * @return how many were forgotten; 0 when there are no more
     */
    int forgetKeys(Duration age);

    /** How many outcomes {@link #forgetKeys} would forget in all. Locks nothing. */
    int countOldKeys(Duration age);

    /**
     * Looks at one page of holds, in the order of their ids, and removes those that are over in one short transaction.
     * Calling again with the answer's {@code next}, until there is none, sees every hold. Holds, orders and payments
     * that somebody has locked are passed over, so it waits for nobody; it may be interrupted, repeated and run by many
     * at once.
     *
     * <p>What goes: holds that were released or expired; holds whose order failed, expired or was cancelled, with it and its
     * payments. What stays: whatever is active, pending or was paid, and orders with money that someone must give back.
     */
    Purge.Step purge(Purge page);
}
