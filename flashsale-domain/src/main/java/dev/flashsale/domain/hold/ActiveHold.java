package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hold whose pieces are reserved: the only kind that can be ordered, released, expired, extended or changed.
 *
 * @param extensions how often it was extended
 */
public record ActiveHold(
        HoldId id, Lines lines, Instant expiresAt, @Nullable CustomerId customerId, int extensions) implements Hold {

    public boolean validAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    @Override
    public HoldStatus statusAt(Instant now) {
        return validAt(now) ? HoldStatus.ACTIVE : HoldStatus.EXPIRED;
    }

    /** Whether it will do for a request that would have such a one again. */
    boolean willDoFor(HoldRequest request, Instant now) {
        return request.reuse()
                && request.customerId() != null
                && request.customerId().equals(customerId)
                && request.lines().products().equals(lines.products())
                && validAt(now);
    }

    public EndedHold end(HoldEnd how) {
        return new EndedHold(id, lines, expiresAt, customerId, how);
    }

    /** This hold, of something else. */
    ActiveHold with(Lines newLines) {
        return new ActiveHold(id, newLines, expiresAt, customerId, extensions);
    }

    /** This hold, extended once more. */
    ActiveHold extendedTo(Instant later) {
        return new ActiveHold(id, lines, later, customerId, extensions + 1);
    }
}
