package dev.flashsale.adapter.rest.value;

import dev.flashsale.domain.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;

/** A moment as clients write it, by ISO 8601. */
public final class MomentText {

    private MomentText() {}

    /** Refuses what is none with an {@link InvalidValue}. */
    public static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException notOne) {
            throw new InvalidValue("moment", "must be a moment such as 2026-11-27T08:00:00Z");
        }
    }
}
