package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import java.time.Instant;

/**
 * What became of a wish to order a hold. A hold is in exactly one of these situations, so there is no precedence.
 */
public sealed interface OrderOutcome {

    /** The hold became this order now. */
    record Placed(Order order) implements OrderOutcome {}

    /** The hold had become this order before. */
    record AlreadyPlaced(Order order) implements OrderOutcome {}

    /** There is no such hold. */
    record UnknownHold(HoldId holdId) implements OrderOutcome {}

    /** The hold's time is over; its pieces are available again. */
    record HoldExpired(HoldId holdId, Instant expiredAt) implements OrderOutcome {}

    /** The buyer gave the hold back. */
    record HoldReleased(HoldId holdId) implements OrderOutcome {}

    /** The hold is valid, but the prices of its products have come to be in more than one currency. */
    record MixedCurrencies(HoldId holdId) implements OrderOutcome {}
}
