package dev.flashsale.application.hold;

import dev.flashsale.application.batch.OutcomeCodec;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what is granted or refused for good. A repetition may have another hold id: it gets that of the first. */
public final class HoldOutcomeCodec implements OutcomeCodec<HoldRequest, HoldOutcome> {

    private static final String NONE = "-";
    private static final String OF = "@";

    @Override
    public ScopedKey scoped(IdempotencyKey key, HoldRequest request) {
        return ScopedKey.ofHold(key, request.customerId());
    }

    /** Its lines in the order of their products, merged: the same items in another order are the same request. */
    @Override
    public String request(HoldRequest request) {
        return request.lines().items().stream()
                .map(item -> item.productId() + " " + item.quantity())
                .collect(Collectors.joining(" ", "", request.reuse() ? " reuse" : ""));
    }

    /** What is retryable is not kept, and neither is what only says that the hold id was used before. */
    @Override
    public Optional<String> outcome(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Placed placed -> Optional.of("placed " + placed.holdId() + " " + placed.expiresAt());
            case HoldOutcome.AlreadyHeld held ->
                Optional.of("already_held " + held.holdId() + " " + held.expiresAt()
                        + held.lines().items().stream()
                                .map(item -> " " + item.productId() + " " + item.quantity())
                                .collect(Collectors.joining()));
            case HoldOutcome.UnknownProduct unknown -> Optional.of("unknown_product" + of(unknown.productId()));
            case HoldOutcome.MixedCurrencies mixed -> Optional.of("mixed_currencies " + mixed.holdId());
            case HoldOutcome.QuantityTooLarge large ->
                Optional.of("quantity_too_large " + large.limit() + of(large.productId()));
            case HoldOutcome.CustomerRequired required -> Optional.of("customer_required" + of(required.productId()));
            case HoldOutcome.NotOnSale upcoming when upcoming.retryAfter().isPresent() -> Optional.empty();
            case HoldOutcome.NotOnSale over ->
                Optional.of("not_on_sale " + written(over.window().startsAt()) + " "
                        + written(over.window().endsAt()) + of(over.productId()));
            case HoldOutcome.LimitReached reached ->
                Optional.of("limit_reached " + reached.limit() + " " + reached.taken() + of(reached.productId()));
            case HoldOutcome.LinesShort missing when missing.onlyHeld() -> Optional.empty();
            case HoldOutcome.LinesShort missing ->
                Optional.of(missing.lines().stream()
                        .map(HoldOutcomeCodec::written)
                        .collect(Collectors.joining(" ", "lines_short ", "")));
            case HoldOutcome.InsufficientStock some -> Optional.of("insufficient_stock " + some.available());
            case HoldOutcome.SoldOut ignored -> Optional.of("sold_out");
            case HoldOutcome.AllHeld ignored -> Optional.empty();
            case HoldOutcome.IdReused ignored -> Optional.empty();
        };
    }

    /** Of several products the one that it is about; what was written before there could be several does not say it. */
    private static String of(ProductId productId) {
        return " " + OF + productId;
    }

    private static String written(HoldOutcome.Shortage line) {
        return line.productId()
                + switch (line) {
                    case HoldOutcome.InsufficientStock some -> " insufficient_stock " + some.available();
                    case HoldOutcome.AllHeld held -> " all_held " + held.retryAfter();
                    case HoldOutcome.SoldOut ignored -> " sold_out " + NONE;
                };
    }

    @Override
    public HoldOutcome read(HoldRequest request, String outcome) {
        String[] words = outcome.split(" ", -1);
        String last = words[words.length - 1];
        ProductId productId = last.startsWith(OF)
                ? productId(last.substring(OF.length()))
                : request.lines().first().productId();
        return switch (words[0]) {
            case "placed" ->
                new HoldOutcome.Placed(new HoldId(UUID.fromString(words[1])), request.lines(), Instant.parse(words[2]));
            case "already_held" ->
                new HoldOutcome.AlreadyHeld(
                        new HoldId(UUID.fromString(words[1])), lines(words), Instant.parse(words[2]));
            case "unknown_product" -> new HoldOutcome.UnknownProduct(productId);
            case "mixed_currencies" -> new HoldOutcome.MixedCurrencies(new HoldId(UUID.fromString(words[1])));
            case "quantity_too_large" -> new HoldOutcome.QuantityTooLarge(productId, Integer.parseInt(words[1]));
            case "customer_required" -> new HoldOutcome.CustomerRequired(productId);
            case "not_on_sale" ->
                new HoldOutcome.NotOnSale(
                        productId, new SaleWindow(moment(words[1]), moment(words[2])), Optional.empty());
            case "limit_reached" ->
                new HoldOutcome.LimitReached(productId, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "lines_short" -> linesShort(words);
            case "insufficient_stock" -> new HoldOutcome.InsufficientStock(productId, Integer.parseInt(words[1]));
            case "sold_out" -> new HoldOutcome.SoldOut(productId);
            default -> throw new IllegalStateException("not an outcome of a hold: " + outcome);
        };
    }

    private static HoldOutcome linesShort(String[] words) {
        List<HoldOutcome.Shortage> lines = new ArrayList<>();
        for (int i = 1; i < words.length; i += 3) {
            ProductId productId = productId(words[i]);
            lines.add(
                    switch (words[i + 1]) {
                        case "insufficient_stock" ->
                            new HoldOutcome.InsufficientStock(productId, Integer.parseInt(words[i + 2]));
                        case "all_held" -> new HoldOutcome.AllHeld(productId, Duration.parse(words[i + 2]));
                        case "sold_out" -> new HoldOutcome.SoldOut(productId);
                        default -> throw new IllegalStateException("not an outcome of a line: " + words[i + 1]);
                    });
        }
        return new HoldOutcome.LinesShort(lines);
    }

    private static Lines lines(String[] words) {
        List<Item> items = new ArrayList<>();
        for (int i = 3; i < words.length; i += 2) {
            items.add(new Item(productId(words[i]), new Quantity(Integer.parseInt(words[i + 1]))));
        }
        return new Lines(items);
    }

    private static ProductId productId(String word) {
        return new ProductId(Long.parseLong(word));
    }

    private static String written(@Nullable Instant moment) {
        return moment == null ? NONE : moment.toString();
    }

    private static @Nullable Instant moment(String word) {
        return word.equals(NONE) ? null : Instant.parse(word);
    }
}
