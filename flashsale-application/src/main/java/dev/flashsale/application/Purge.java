package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.payment.PurgePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Which holds to look at for removing what is over.
 *
 * @param age how long something must have been over, within the bounds of {@link PurgePolicy}
 * @param size how many holds, 1 to {@value #MAX_SIZE}
 * @param after where the step before ended; empty for the first
 * @param dryRun whether to remove nothing and only tell what would be removed
 */
public record Purge(Duration age, int size, Optional<HoldId> after, boolean dryRun) {

    public static final int MAX_SIZE = 10_000;

    public Purge {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("page size must be from 1 to " + MAX_SIZE + ", was " + size);
        }
    }

    /**
     * What was done.
     *
     * @param seen how many holds were looked at
     * @param removed what was removed, or would have been
     * @param next where to go on; empty when all holds were seen
     */
    public record Step(int seen, Removed removed, Optional<HoldId> next) {}

    /** How many of each kind. */
    public record Removed(int holds, int orders, int payments) {

        public static final Removed NOTHING = new Removed(0, 0, 0);
    }
}
