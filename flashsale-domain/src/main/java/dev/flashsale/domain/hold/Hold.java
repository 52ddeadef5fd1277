package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of one product or of several, reserved until a moment.
 *
 * <pre>
 *            ┌─ order ───▶ ordered
 *   active ──┼─ release ─▶ released   (the pieces return)
 *            └─ expire ──▶ expired    (the pieces return)
 * </pre>
 *
 * Only an {@link ActiveHold} can change: it can be extended and be of something else, and it ends once, with all of its lines. Where a product's
 * pieces are counted or returned, its {@linkplain HoldLine lines} are looked at one by one.
 */
public sealed interface Hold permits ActiveHold, EndedHold {

    HoldId id();

    Lines lines();

    /** The first moment at which the hold is no longer valid. */
    Instant expiresAt();

    /** Who holds, if that was said. */
    @Nullable
    CustomerId customerId();

    /** What the hold is now; an active hold past its time is expired whether or not its pieces were returned. */
    HoldStatus statusAt(Instant now);

    /**
     * The hold that these lines are. As soon as one of them has ended, the hold has.
     *
     * @param lines all of them, in their order
     */
    static Hold of(List<HoldLine> lines) {
        HoldLine first = lines.getFirst();
        ActiveHold hold = new ActiveHold(
                first.holdId(),
                new Lines(lines.stream().map(HoldLine::item).toList()),
                first.expiresAt(),
                first.customerId(),
                first.extensions());
        for (HoldLine line : lines) {
            switch (line.status()) {
                case ACTIVE -> {}
                case ORDERED -> {
                    return hold.end(HoldEnd.ORDERED);
                }
                case RELEASED -> {
                    return hold.end(HoldEnd.RELEASED);
                }
                case EXPIRED -> {
                    return hold.end(HoldEnd.EXPIRED);
                }
            }
        }
        return hold;
    }

    /** Whether this hold was granted for that very request. */
    default boolean answers(HoldRequest request) {
        return id().equals(request.holdId())
                && lines().equals(request.lines())
                && Objects.equals(customerId(), request.customerId());
    }
}
