package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * The order that a valid hold becomes; none if its prices are not all of one currency.
     *
     * @param prices of all products of the hold
     */
    public Optional<NewOrder> convert(ActiveHold hold, Map<ProductId, Money> prices, Instant now) {
        Money amount = null;
        for (Item line : hold.lines().items()) {
            Money price = Objects.requireNonNull(
                    prices.get(line.productId()), () -> "no price of product " + line.productId());
            Money ofLine = price.times(line.quantity().value());
            if (amount != null && !amount.currency().equals(ofLine.currency())) {
                return Optional.empty();
            }
            amount = amount == null ? ofLine : amount.plus(ofLine);
        }
        return Optional.of(
                new NewOrder(hold.id(), hold.lines(), Objects.requireNonNull(amount), now, now.plus(paymentDeadline)));
    }

    private static Decision refuse(OrderOutcome refusal) {
        return new Decision.Refuse(refusal);
    }
}
