package dev.flashsale.domain.hold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to hold on for longer.
 *
 * @param expiresAt when the hold expires, as far as whoever wishes knows: a hold that expires at another moment was
 *     extended by the same wish before, or by another one, and is not extended by this one; null of somebody who does not
 *     tell
 */
public record ExtendRequest(HoldId holdId, @Nullable Instant expiresAt) {

    /** Of somebody who does not tell what he knows. */
    public ExtendRequest(HoldId holdId) {
        this(holdId, null);
    }
}
