package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.Optional;

/** Keeps every outcome, an order as it was then: what has become of it since is for whoever looks at the order. */
final class KeptOrders implements Keeping<HoldId, OrderOutcome> {

    @Override
    public ScopedKey scoped(IdempotencyKey key, HoldId holdId) {
        return ScopedKey.ofOrder(key);
    }

    @Override
    public String request(HoldId holdId) {
        return holdId.toString();
    }

    @Override
    public Optional<String> outcome(OrderOutcome outcome) {
        return Optional.of(
                switch (outcome) {
                    case OrderOutcome.Placed placed -> "placed " + written(placed.order());
                    case OrderOutcome.AlreadyPlaced known -> "already_placed " + written(known.order());
                    case OrderOutcome.UnknownHold ignored -> "unknown_hold";
                    case OrderOutcome.HoldExpired expired -> "hold_expired " + expired.expiredAt();
                    case OrderOutcome.HoldReleased ignored -> "hold_released";
                });
    }

    @Override
    public OrderOutcome read(HoldId holdId, String outcome) {
        String[] words = outcome.split(" ", -1);
        return switch (words[0]) {
            case "placed" -> new OrderOutcome.Placed(order(holdId, words));
            case "already_placed" -> new OrderOutcome.AlreadyPlaced(order(holdId, words));
            case "unknown_hold" -> new OrderOutcome.UnknownHold(holdId);
            case "hold_expired" -> new OrderOutcome.HoldExpired(holdId, Instant.parse(words[1]));
            case "hold_released" -> new OrderOutcome.HoldReleased(holdId);
            default -> throw new IllegalStateException("not an outcome of an order: " + outcome);
        };
    }

    private static String written(Order order) {
        return String.join(
                " ",
                order.id().toString(),
                order.productId().toString(),
                order.quantity().toString(),
                order.amount().amount().toPlainString(),
                order.amount().currency().getCurrencyCode(),
                order.placedAt().toString(),
                order.paymentDeadline().toString(),
                order.status().name());
    }

    private static Order order(HoldId holdId, String[] words) {
        return new Order(
                new OrderId(Long.parseLong(words[1])),
                holdId,
                new ProductId(Long.parseLong(words[2])),
                new Quantity(Integer.parseInt(words[3])),
                Money.of(words[4], words[5]),
                Instant.parse(words[6]),
                Instant.parse(words[7]),
                OrderStatus.valueOf(words[8]));
    }
}
