package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a product, reserved until a moment.
 *
 * <pre>
 *            ┌─ order ───▶ ordered
 *   active ──┼─ release ─▶ released   (the pieces return)
 *            └─ expire ──▶ expired    (the pieces return)
 * </pre>
 *
 * Only an {@link ActiveHold} can change: it can be extended once, and it ends once.
 */
public sealed interface Hold permits ActiveHold, EndedHold {

    HoldId id();

    ProductId productId();

    Quantity quantity();

    /** The first moment at which the hold is no longer valid. */
    Instant expiresAt();

    /** Who holds, if that was said. */
    @Nullable
    CustomerId customerId();

    /** What the hold is now; an active hold past its time is expired whether or not its pieces were returned. */
    HoldStatus statusAt(Instant now);

    /** Whether this hold was granted for that very request. */
    default boolean answers(HoldRequest request) {
        return id().equals(request.holdId())
                && productId().equals(request.productId())
                && quantity().equals(request.quantity())
                && Objects.equals(customerId(), request.customerId());
    }
}
