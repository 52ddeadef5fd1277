package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what is granted or refused for good. A repetition may have another hold id: it gets that of the first. */
final class KeptHolds implements Keeping<HoldRequest, HoldOutcome> {

    private static final String NONE = "-";

    @Override
    public ScopedKey scoped(IdempotencyKey key, HoldRequest request) {
        return ScopedKey.ofHold(key, request.customerId());
    }

    @Override
    public String request(HoldRequest request) {
        return request.productId() + " " + request.quantity();
    }

    /** What is retryable is not kept, and neither is what only says that the hold id was used before. */
    @Override
    public Optional<String> outcome(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Placed placed -> Optional.of("placed " + placed.holdId() + " " + placed.expiresAt());
            case HoldOutcome.UnknownProduct ignored -> Optional.of("unknown_product");
            case HoldOutcome.QuantityTooLarge large -> Optional.of("quantity_too_large " + large.limit());
            case HoldOutcome.CustomerRequired ignored -> Optional.of("customer_required");
            case HoldOutcome.NotOnSale upcoming when upcoming.retryAfter().isPresent() -> Optional.empty();
            case HoldOutcome.NotOnSale over ->
                Optional.of("not_on_sale " + written(over.window().startsAt()) + " "
                        + written(over.window().endsAt()));
            case HoldOutcome.LimitReached reached ->
                Optional.of("limit_reached " + reached.limit() + " " + reached.taken());
            case HoldOutcome.InsufficientStock some -> Optional.of("insufficient_stock " + some.available());
            case HoldOutcome.SoldOut ignored -> Optional.of("sold_out");
            case HoldOutcome.AllHeld ignored -> Optional.empty();
            case HoldOutcome.IdReused ignored -> Optional.empty();
        };
    }

    @Override
    public HoldOutcome read(HoldRequest request, String outcome) {
        String[] words = outcome.split(" ", -1);
        ProductId productId = request.productId();
        return switch (words[0]) {
            case "placed" ->
                new HoldOutcome.Placed(
                        new HoldId(UUID.fromString(words[1])), productId, request.quantity(), Instant.parse(words[2]));
            case "unknown_product" -> new HoldOutcome.UnknownProduct(productId);
            case "quantity_too_large" -> new HoldOutcome.QuantityTooLarge(productId, Integer.parseInt(words[1]));
            case "customer_required" -> new HoldOutcome.CustomerRequired(productId);
            case "not_on_sale" ->
                new HoldOutcome.NotOnSale(
                        productId, new SaleWindow(moment(words[1]), moment(words[2])), Optional.empty());
            case "limit_reached" ->
                new HoldOutcome.LimitReached(productId, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "insufficient_stock" -> new HoldOutcome.InsufficientStock(productId, Integer.parseInt(words[1]));
            case "sold_out" -> new HoldOutcome.SoldOut(productId);
            default -> throw new IllegalStateException("not an outcome of a hold: " + outcome);
        };
    }

    private static String written(@Nullable Instant moment) {
        return moment == null ? NONE : moment.toString();
    }

    private static @Nullable Instant moment(String word) {
        return word.equals(NONE) ? null : Instant.parse(word);
    }
}
