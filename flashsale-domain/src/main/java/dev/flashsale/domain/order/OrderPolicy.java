package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
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

    /** The order that a valid hold of one product becomes. */
    public NewOrder convert(ActiveHold hold, Money price, Instant now) {
        return order(hold, price.times(hold.quantity().value()), now);
    }

    /**
     * The order that a valid hold becomes; none if its prices are not all of one currency.
     *
     * @param prices of all products of the hold
     */
    public Optional<NewOrder> convert(ActiveHold hold, Map<ProductId, Money> prices, Instant now) {
        if (hold.further().isEmpty()) {
            return Optional.of(convert(hold, price(prices, hold.productId()), now));
        }
        List<Money> amounts = hold.items().stream()
                .map(item ->
                        price(prices, item.productId()).times(item.quantity().value()))
                .toList();
        Currency currency = amounts.getFirst().currency();
        if (!amounts.stream().allMatch(amount -> amount.currency().equals(currency))) {
            return Optional.empty();
        }
        BigDecimal sum = amounts.stream().map(Money::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(order(hold, new Money(sum, currency), now));
    }

    private static Money price(Map<ProductId, Money> prices, ProductId id) {
        return Objects.requireNonNull(prices.get(id), () -> "no price of product " + id);
    }

    private NewOrder order(ActiveHold hold, Money amount, Instant now) {
        return new NewOrder(
                hold.id(), hold.productId(), hold.quantity(), amount, now, now.plus(paymentDeadline), hold.further());
    }

    private static Decision refuse(OrderOutcome refusal) {
        return new Decision.Refuse(refusal);
    }
}
