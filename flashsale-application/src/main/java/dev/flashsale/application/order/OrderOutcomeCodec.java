package dev.flashsale.application.order;

import dev.flashsale.application.batch.OutcomeCodec;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps every outcome, an order as it was then: what has become of it since is for whoever looks at the order. */
public final class OrderOutcomeCodec implements OutcomeCodec<HoldId, OrderOutcome> {

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
                    case OrderOutcome.MixedCurrencies ignored -> "mixed_currencies";
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
            case "mixed_currencies" -> new OrderOutcome.MixedCurrencies(holdId);
            default -> throw new IllegalStateException("not an outcome of an order: " + outcome);
        };
    }

    /** The first line stands before the amount, the others at the end. */
    private static String written(Order order) {
        List<String> words = new ArrayList<>();
        words.add(order.id().toString());
        List<Item> items = order.lines().items();
        add(items.getFirst(), words);
        words.addAll(List.of(
                order.amount().amount().toPlainString(),
                order.amount().currency().getCurrencyCode(),
                order.placedAt().toString(),
                order.paymentDeadline().toString(),
                order.status().name()));
        items.stream().skip(1).forEach(item -> add(item, words));
        return String.join(" ", words);
    }

    private static void add(Item item, List<String> words) {
        words.add(item.productId().toString());
        words.add(item.quantity().toString());
    }

    private static Order order(HoldId holdId, String[] words) {
        List<Item> items = new ArrayList<>(List.of(item(words, 2)));
        for (int i = 9; i < words.length; i += 2) {
            items.add(item(words, i));
        }
        return new Order(
                new OrderId(Long.parseLong(words[1])),
                holdId,
                new Lines(items),
                Money.of(words[4], words[5]),
                Instant.parse(words[6]),
                Instant.parse(words[7]),
                OrderStatus.valueOf(words[8]),
                Set.of());
    }

    private static Item item(String[] words, int at) {
        return new Item(new ProductId(Long.parseLong(words[at])), new Quantity(Integer.parseInt(words[at + 1])));
    }
}
