package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.product.Money;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a hold can become an order.
 *
 * @param paymentDeadline how long a new order waits for its payment
 */
public record OrderPolicy(Duration paymentDeadline) {

    /** What a locked hold allows. */
    public sealed interface Decision {

        /** The hold is valid and may be converted. */
        record Convert(ActiveHold hold) implements Decision {}

        /** The hold was converted before: the answer is its order. */
        record Repeat(EndedHold hold) implements Decision {}

        record Refuse(OrderOutcome refusal) implements Decision {}
    }

    public Decision decide(Hold hold, Instant now) {
        return switch (hold) {
            case ActiveHold active when active.validAt(now) -> new Decision.Convert(active);
            case ActiveHold expired -> refuse(new OrderOutcome.HoldExpired(expired.id(), expired.expiresAt()));
            case EndedHold ended ->
                switch (ended.how()) {
                    case ORDERED -> new Decision.Repeat(ended);
                    case RELEASED -> refuse(new OrderOutcome.HoldReleased(ended.id()));
                    case EXPIRED -> refuse(new OrderOutcome.HoldExpired(ended.id(), ended.expiresAt()));
                };
        };
    }

    /** The order that a valid hold becomes. */
    public NewOrder convert(ActiveHold hold, Money price, Instant now) {
        return new NewOrder(
                hold.id(),
                hold.productId(),
                hold.quantity(),
                price.times(hold.quantity().value()),
                now,
                now.plus(paymentDeadline));
    }

    private static Decision refuse(OrderOutcome refusal) {
        return new Decision.Refuse(refusal);
    }
}
