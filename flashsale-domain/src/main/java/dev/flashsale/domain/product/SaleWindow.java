package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a product is sold. Moments are kept in microseconds, as the database keeps them.
 *
 * <p>Refuses a window that is empty, or a moment before 1970 or after 9999, with an {@link InvalidValue}.
 *
 * @param startsAt the first moment of the sale; without one it has begun
 * @param endsAt the first moment after it; without one it has no end
 */
public record SaleWindow(
        @Nullable Instant startsAt, @Nullable Instant endsAt) {

    public static final SaleWindow ALWAYS = new SaleWindow(null, null);

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public SaleWindow {
        startsAt = kept("sale start", startsAt);
        endsAt = kept("sale end", endsAt);
        if (startsAt != null && endsAt != null && !startsAt.isBefore(endsAt)) {
            throw new InvalidValue("sale end", "must be after the start of the sale", endsAt);
        }
    }

    private static @Nullable Instant kept(String name, @Nullable Instant moment) {
        if (moment == null) {
            return null;
        }
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST)) {
            throw new InvalidValue(name, "must be from 1970 to 9999", moment);
        }
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    /** This window, open from now on if it is not: a start to come is now, and an end that has passed is taken away. */
    public SaleWindow openedAt(Instant now) {
        return switch (stateAt(now)) {
            case OPEN -> this;
            case UPCOMING -> new SaleWindow(now, endsAt);
            case OVER -> new SaleWindow(now, null);
        };
    }

    /** This window, over from now on if it is not. One that has not begun never does: its start is taken away. */
    public SaleWindow closedAt(Instant now) {
        return switch (stateAt(now)) {
            case OVER -> this;
            case OPEN -> new SaleWindow(now.equals(startsAt) ? null : startsAt, now);
            case UPCOMING -> new SaleWindow(null, now);
        };
    }

    public SaleState stateAt(Instant now) {
        if (startsAt != null && now.isBefore(startsAt)) {
            return SaleState.UPCOMING;
        }
        return endsAt == null || now.isBefore(endsAt) ? SaleState.OPEN : SaleState.OVER;
    }
}
