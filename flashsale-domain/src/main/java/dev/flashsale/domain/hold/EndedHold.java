package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hold that reserves nothing any more and never changes again.
 *
 * @param further the other lines of a hold of several products
 */
public record EndedHold(
        HoldId id,
        ProductId productId,
        Quantity quantity,
        Instant expiresAt,
        @Nullable CustomerId customerId,
        HoldEnd how,
        List<Item> further)
        implements Hold {

    /** Of one product. */
    public EndedHold(
            HoldId id,
            ProductId productId,
            Quantity quantity,
            Instant expiresAt,
            @Nullable CustomerId customerId,
            HoldEnd how) {
        this(id, productId, quantity, expiresAt, customerId, how, List.of());
    }

    @Override
    public HoldStatus statusAt(Instant now) {
        return how.status();
    }

    EndedHold with(List<Item> lines) {
        return new EndedHold(id, productId, quantity, expiresAt, customerId, how, lines);
    }
}
