package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import java.time.Duration;
import java.util.Optional;

/**
 * Use case: remove what is over and what nobody needs any more, in transactions of its own, also where the caller has one.
 */
@FunctionalInterface
public interface PurgeEnded {

    /**
     * Looks at one page of holds, in the order of their ids, and removes those that are over in one short transaction.
     * Calling again with the answer's {@code next}, until there is none, sees every hold. Holds, orders and payments
     * that somebody has locked are passed over, so it waits for nobody; it may be interrupted, repeated and run by many
     * at once, while the sale goes on.
     *
     * <p>What goes: holds that were released or expired; holds whose order failed, expired or was cancelled, with it and its
     * payments. What stays: whatever is active, pending or was paid, and orders with money that someone must give back.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now; nothing was removed then
     */
    Step purge(Page page);

    /**
     * What to look at.
     *
     * @param age how long something must have been over, within the bounds of
     *     {@link dev.flashsale.domain.payment.PurgePolicy}
     * @param size how many holds, 1 to {@value #MAX_SIZE}
     * @param after where the page before ended; empty for the first
     * @param dryRun whether to remove nothing and only tell what would be removed
     */
    record Page(Duration age, int size, Optional<HoldId> after, boolean dryRun) {

        public static final int MAX_SIZE = 10_000;

        public Page {
            if (size < 1 || size > MAX_SIZE) {
                throw new IllegalArgumentException("page size must be from 1 to " + MAX_SIZE + ", was " + size);
            }
        }
    }

    /**
     * What was done.
     *
     * @param seen how many holds were looked at
     * @param removed what was removed, or would have been
     * @param next where to go on; empty when all holds were seen
     */
    record Step(int seen, Removed removed, Optional<HoldId> next) {}

    /** How many rows of each kind. */
    record Removed(int holds, int orders, int payments) {

        public static final Removed NOTHING = new Removed(0, 0, 0);
    }
}
