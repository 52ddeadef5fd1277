package dev.flashsale.domain.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an endpoint is with a product's events.
 *
 * @param number of the last event that is done with: taken, or of no kind that the endpoint wants
 * @param attempts at the one behind it, all of which failed
 * @param firstFailedAt when the first of these was; null if there was none
 * @param nextAt not before then the next one is made; null if there was none
 */
public record Position(
        long product,
        long number,
        int attempts,
        @Nullable Instant firstFailedAt,
        @Nullable Instant nextAt) {

    /** With nothing that failed. */
    public static Position at(long product, long number) {
        return new Position(product, number, 0, null, null);
    }

    public boolean isDue(Instant now) {
        return nextAt == null || !now.isBefore(nextAt);
    }
}
