package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.List;
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
 *
 * <p>A hold of several products has a line for each, in the order of the products, and is kept as a hold for each: the
 * first under the hold's id, the further ones under ids made of it. So every rule about a product's pieces is one about
 * single holds. What is found by its id is the whole hold; what is found by its product is a line.
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

    /** The other lines of a hold of several products; none of a hold of one, or of a line by itself. */
    List<Item> further();

    /** What the hold is now; an active hold past its time is expired whether or not its pieces were returned. */
    HoldStatus statusAt(Instant now);

    /** All lines, the first first. */
    default List<Item> items() {
        return Item.all(productId(), quantity(), further());
    }

    /** The ids under which the lines are kept, the first first. */
    default List<HoldId> lineIds() {
        return id().lines(further().size());
    }

    /**
     * The hold that these lines are. They end together, but each expires by itself, at the same moment, whenever
     * somebody gets to it: as soon as one has ended, the hold has.
     *
     * @param further read after the first
     */
    static Hold whole(Hold first, List<Hold> further) {
        List<Item> items = further.stream()
                .map(line -> new Item(line.productId(), line.quantity()))
                .toList();
        return switch (first) {
            case ActiveHold active ->
                further.stream()
                        .filter(EndedHold.class::isInstance)
                        .findFirst()
                        .<Hold>map(line -> active.with(items).end(((EndedHold) line).how()))
                        .orElseGet(() -> active.with(items));
            case EndedHold ended -> ended.with(items);
        };
    }

    /** Whether this hold was granted for that very request. */
    default boolean answers(HoldRequest request) {
        return id().equals(request.holdId())
                && productId().equals(request.productId())
                && quantity().equals(request.quantity())
                && Objects.equals(customerId(), request.customerId())
                && further().equals(request.further());
    }
}
