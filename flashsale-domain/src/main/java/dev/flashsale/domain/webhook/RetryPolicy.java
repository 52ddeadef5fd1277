package dev.flashsale.domain.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an event that was not taken is sent again: soon at first and ever more rarely, for {@link #GIVEN_UP_AFTER} since its
 * first attempt. Then, or where the other side says that it is gone for good, the endpoint is given up.
 */
public final class RetryPolicy {

    public static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);

    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8));

    private static final int GONE = 410;

    private RetryPolicy() {}

    /**
     * The position after an attempt at the event behind it that failed; empty if the endpoint is given up.
     *
     * @param status of HTTP; 0 if there was no answer
     * @param retryAfter when the other side asks to be tried again; heeded where it is later, up to the longest pause
     */
    public static Optional<Position> afterFailure(
            Position position, int status, @Nullable Duration retryAfter, Instant now) {
        Instant first = position.firstFailedAt() == null ? now : position.firstFailedAt();
        if (status == GONE || !now.isBefore(first.plus(GIVEN_UP_AFTER))) {
            return Optional.empty();
        }
        int attempts = position.attempts() + 1;
        Duration pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
            pause = retryAfter.compareTo(PAUSES.getLast()) > 0 ? PAUSES.getLast() : retryAfter;
        }
        return Optional.of(new Position(position.product(), position.number(), attempts, first, now.plus(pause)));
    }
}
