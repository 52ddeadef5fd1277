package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a hold, as it is kept: a row of its own, so that every rule about a product's pieces is one about rows of
 * that product. The lines of a hold are made, changed, ordered, released and extended together, but each expires by itself, at the
 * same moment, whenever somebody gets to its product.
 *
 * @param number 1 for the first, in the order of the products
 * @param count how many lines the hold has
 * @param status what was written; an active line past its time is {@link HoldStatus#ACTIVE} until somebody ends it
 * @param extensions how often the hold was extended
 */
public record HoldLine(
        HoldId holdId,
        int number,
        int count,
        Item item,
        Instant expiresAt,
        @Nullable CustomerId customerId,
        HoldStatus status,
        int extensions) {

    /** The lines of a new hold. */
    public static List<HoldLine> of(ActiveHold hold) {
        List<Item> items = hold.lines().items();
        List<HoldLine> lines = new ArrayList<>(items.size());
        for (Item item : items) {
            lines.add(new HoldLine(
                    hold.id(),
                    lines.size() + 1,
                    items.size(),
                    item,
                    hold.expiresAt(),
                    hold.customerId(),
                    HoldStatus.ACTIVE,
                    hold.extensions()));
        }
        return lines;
    }

    /** Whether it still has its pieces although its time is over. */
    public boolean isOverdue(Instant now) {
        return status == HoldStatus.ACTIVE && !now.isBefore(expiresAt);
    }

    /** This line, ended so, or active as it was. */
    public HoldLine with(HoldStatus newStatus) {
        return new HoldLine(holdId, number, count, item, expiresAt, customerId, newStatus, extensions);
    }

    /** This line of its hold, which is extended as that one. */
    public HoldLine extendedAs(ActiveHold hold) {
        return new HoldLine(holdId, number, count, item, hold.expiresAt(), customerId, status, hold.extensions());
    }
}
