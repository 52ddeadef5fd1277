package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A product while a batch is decided: what is left of it for the next request. */
final class Shelf {

    /** A reason not to grant a request, whatever the stock. */
    @FunctionalInterface
    interface Rule {
        @Nullable
        HoldOutcome refusal(SaleRules rules, HoldRequest request, Instant now);
    }

    /** The first that refuses gives the answer; the limit per customer comes after them. */
    static final List<Rule> RULES = List.of(Shelf::tooLarge, Shelf::ofNobody, Shelf::closed);

    private final Instant now;
    private final Map<CustomerId, Integer> taken;
    private Stock left;
    private Optional<Instant> nextReturn;

    Shelf(Offer offer, Instant now) {
        this.now = now;
        taken = new HashMap<>(offer.taken());
        left = offer.stock();
        nextReturn = offer.nextReturn();
    }

    Stock left() {
        return left;
    }

    /** Why this request is refused whatever the stock, if it is. */
    @Nullable
    HoldOutcome forbidden(HoldRequest request) {
        HoldOutcome forbidden = forbidden(left.rules(), request, now);
        return forbidden != null ? forbidden : beyondLimit(request);
    }

    /** The same, the limit per customer aside. */
    static @Nullable HoldOutcome forbidden(SaleRules rules, HoldRequest request, Instant now) {
        for (Rule rule : RULES) {
            HoldOutcome refusal = rule.refusal(rules, request, now);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    @Nullable
    HoldOutcome forbidden(Rule rule, HoldRequest request) {
        return rule.refusal(left.rules(), request, now);
    }

    @Nullable
    HoldOutcome beyondLimit(HoldRequest request) {
        Integer limit = left.rules().maxPerCustomer();
        if (limit == null || request.customerId() == null) {
            return null;
        }
        int has = taken.getOrDefault(request.customerId(), 0);
        return (long) has + request.quantity().value() > limit
                ? new HoldOutcome.LimitReached(request.productId(), limit, has)
                : null;
    }

    /** What is short for this request, if it is not forbidden. */
    HoldOutcome.@Nullable Shortage shortage(HoldRequest request) {
        if (left.has(request.quantity())) {
            return null;
        }
        if (left.available() > 0) {
            return new HoldOutcome.InsufficientStock(left.productId(), left.available());
        }
        return nextReturn
                .<HoldOutcome.Shortage>map(at -> new HoldOutcome.AllHeld(left.productId(), untilAtLeastZero(at)))
                .orElseGet(() -> new HoldOutcome.SoldOut(left.productId()));
    }

    /** Grants it; its pieces may return at that moment. */
    void take(HoldRequest request, Instant expiresAt) {
        left = left.take(request.quantity());
        nextReturn = Optional.of(nextReturn.filter(at -> at.isBefore(expiresAt)).orElse(expiresAt));
        if (request.customerId() != null) {
            int unused = taken.merge(request.customerId(), request.quantity().value(), Math::addExact);
        }
    }

    private static @Nullable HoldOutcome tooLarge(SaleRules rules, HoldRequest request, Instant now) {
        return rules.maxPerHold() != null && request.quantity().value() > rules.maxPerHold()
                ? new HoldOutcome.QuantityTooLarge(request.productId(), rules.maxPerHold())
                : null;
    }

    private static @Nullable HoldOutcome ofNobody(SaleRules rules, HoldRequest request, Instant now) {
        return rules.maxPerCustomer() != null && request.customerId() == null
                ? new HoldOutcome.CustomerRequired(request.productId())
                : null;
    }

    private static @Nullable HoldOutcome closed(SaleRules rules, HoldRequest request, Instant now) {
        return switch (rules.window().stateAt(now)) {
            case UPCOMING ->
                new HoldOutcome.NotOnSale(
                        request.productId(),
                        rules.window(),
                        Optional.of(Duration.between(
                                now, Objects.requireNonNull(rules.window().startsAt()))));
            case OPEN -> null;
            case OVER -> new HoldOutcome.NotOnSale(request.productId(), rules.window(), Optional.empty());
        };
    }

    private Duration untilAtLeastZero(Instant at) {
        return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    }
}
