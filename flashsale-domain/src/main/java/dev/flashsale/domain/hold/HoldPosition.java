package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.Comparator;

/** A hold's place in a list of a product's: by when it expires, then by quantity, then by id. */
public record HoldPosition(Instant expiresAt, Quantity quantity, HoldId id) implements Comparable<HoldPosition> {

    private static final Comparator<HoldPosition> ORDER = Comparator.comparing(HoldPosition::expiresAt)
            .thenComparingInt(position -> position.quantity().value())
            .thenComparing(HoldPosition::id);

    public static HoldPosition of(HoldLine line) {
        return new HoldPosition(line.expiresAt(), line.item().quantity(), line.holdId());
    }

    @Override
    public int compareTo(HoldPosition other) {
        return ORDER.compare(this, other);
    }
}
