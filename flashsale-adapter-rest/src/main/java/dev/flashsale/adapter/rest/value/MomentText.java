package dev.flashsale.adapter.rest.value;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.product.SaleWindow;
import java.time.DateTimeException;
import java.time.Instant;

/** A moment as clients write it, kept in microseconds. What it cannot read it refuses with an {@link InvalidValue}. */
public final class MomentText {

    private MomentText() {}

    public static Instant moment(String text) {
        try {
            Instant moment = Instant.parse(text);
            SaleWindow possible = new SaleWindow(moment, null);
            return possible.startsAt() == null ? moment : possible.startsAt();
        } catch (DateTimeException notOne) {
            throw new InvalidValue("moment", "must be a moment such as 2026-11-27T08:00:00Z");
        }
    }
}
