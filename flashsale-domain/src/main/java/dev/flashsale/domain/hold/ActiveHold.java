package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;

/** A hold whose pieces are reserved: the only kind that can be ordered, released or expired. */
public record ActiveHold(HoldId id, ProductId productId, Quantity quantity, Instant expiresAt) implements Hold {

    public boolean validAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    @Override
    public HoldStatus statusAt(Instant now) {
        return validAt(now) ? HoldStatus.ACTIVE : HoldStatus.EXPIRED;
    }

    public EndedHold end(HoldEnd how) {
        return new EndedHold(id, productId, quantity, expiresAt, how);
    }
}
