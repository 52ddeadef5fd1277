package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.Comparator;

/** A hold's place in a list: by when it expires, then by quantity, then by id. */
public record HoldPosition(Instant expiresAt, Quantity quantity, HoldId id) implements Comparable<HoldPosition> {

    private static final Comparator<HoldPosition> ORDER = Comparator.comparing(HoldPosition::expiresAt)
            .thenComparingInt(position -> position.quantity().value())
            .thenComparing(HoldPosition::id);

    public static HoldPosition of(Hold hold) {
        return new HoldPosition(hold.expiresAt(), hold.quantity(), hold.id());
    }

    @Override
    public int compareTo(HoldPosition other) {
        return ORDER.compare(this, other);
    }
}
