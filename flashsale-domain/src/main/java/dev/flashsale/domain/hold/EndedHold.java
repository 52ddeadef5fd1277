package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hold that reserves nothing any more and never changes again. */
public record EndedHold(
        HoldId id, Lines lines, Instant expiresAt, @Nullable CustomerId customerId, HoldEnd how) implements Hold {

    @Override
    public HoldStatus statusAt(Instant now) {
        return how.status();
    }
}
