package dev.flashsale.application;

import java.time.Duration;

/** Use case: forget the outcomes that were kept under idempotency keys long ago. */
@FunctionalInterface
public interface ForgetKeys {

    /** For that long every caller may rely on the first outcome. */
    Duration MIN_AGE = Duration.ofDays(1);

    /** As many are forgotten in one short transaction. */
    int MAX_AT_ONCE = 1000;

    /**
     * Forgets the oldest, {@value #MAX_AT_ONCE} at most. Waits for nobody; many may do it at once, while the sale goes on.
     *
     * @param age how long ago they must have been kept, {@link #MIN_AGE} or more
     * @return how many were forgotten; 0 when there are no more
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    int forget(Duration age);
}
