package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hold whose pieces are reserved: the only kind that can be ordered, released, expired or extended.
 *
 * @param extended whether its one extension is used up
 * @param further the other lines of a hold of several products
 */
public record ActiveHold(
        HoldId id,
        ProductId productId,
        Quantity quantity,
        Instant expiresAt,
        @Nullable CustomerId customerId,
        boolean extended,
        List<Item> further)
        implements Hold {

    /** Of one product. */
    public ActiveHold(
            HoldId id,
            ProductId productId,
            Quantity quantity,
            Instant expiresAt,
            @Nullable CustomerId customerId,
            boolean extended) {
        this(id, productId, quantity, expiresAt, customerId, extended, List.of());
    }

    /** Of one product and of a customer who is not named, not extended. */
    public ActiveHold(HoldId id, ProductId productId, Quantity quantity, Instant expiresAt) {
        this(id, productId, quantity, expiresAt, null, false);
    }

    public boolean validAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    @Override
    public HoldStatus statusAt(Instant now) {
        return validAt(now) ? HoldStatus.ACTIVE : HoldStatus.EXPIRED;
    }

    public EndedHold end(HoldEnd how) {
        return new EndedHold(id, productId, quantity, expiresAt, customerId, how, further);
    }

    /** Each line as a hold by itself. */
    public List<ActiveHold> lines() {
        if (further.isEmpty()) {
            return List.of(this);
        }
        List<ActiveHold> lines = new ArrayList<>(1 + further.size());
        for (Item item : items()) {
            lines.add(new ActiveHold(
                    id.line(lines.size()), item.productId(), item.quantity(), expiresAt, customerId, extended));
        }
        return lines;
    }

    /** This hold with its extension used. */
    ActiveHold extendedTo(Instant later) {
        return new ActiveHold(id, productId, quantity, later, customerId, true, further);
    }

    ActiveHold with(List<Item> lines) {
        return new ActiveHold(id, productId, quantity, expiresAt, customerId, extended, lines);
    }
}
