package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of wishes for one product, first come, first served. A request too large is refused, and a smaller
 * one behind it may still be granted.
 *
 * @param ttl how long a hold is valid
 */
public record HoldPolicy(Duration ttl) {

    /**
     * What a batch does.
     *
     * @param outcomes one for each request, in their order
     * @param granted the holds to insert
     * @param stock the stock with what was granted taken
     */
    public record Decision(List<HoldOutcome> outcomes, List<ActiveHold> granted, Stock stock) {}

    /**
     * Decides on a locked stock.
     *
     * @param taken pieces that each customer has already; looked at if the product has a limit per customer
     * @param nextReturn the earliest moment at which held or unpaid pieces of the product could return by themselves,
     *     if there are any; looked at for refusals alone
     */
    public Decision decide(
            Stock stock,
            List<HoldRequest> requests,
            Map<CustomerId, Integer> taken,
            Instant now,
            Optional<Instant> nextReturn) {
        List<HoldOutcome> outcomes = new ArrayList<>(requests.size());
        List<ActiveHold> granted = new ArrayList<>(requests.size());
        Map<CustomerId, Integer> takenSoFar = new HashMap<>(taken);
        Stock left = stock;
        for (HoldRequest request : requests) {
            HoldOutcome forbidden = forbidden(stock, request, takenSoFar, now);
            if (forbidden != null) {
                outcomes.add(forbidden);
            } else if (left.has(request.quantity())) {
                left = left.take(request.quantity());
                ActiveHold hold = new ActiveHold(
                        request.holdId(),
                        request.productId(),
                        request.quantity(),
                        now.plus(ttl),
                        request.customerId(),
                        false);
                granted.add(hold);
                if (request.customerId() != null) {
                    int unused = takenSoFar.merge(
                            request.customerId(), request.quantity().value(), Math::addExact);
                }
                outcomes.add(HoldOutcome.Placed.of(hold));
            } else {
                outcomes.add(refusal(left, now, granted.isEmpty() ? nextReturn : earliest(nextReturn, now.plus(ttl))));
            }
        }
        return new Decision(outcomes, granted, left);
    }

    /** The answer to a request whose id is known: the first outcome again, or a refusal if the request is another. */
    public static HoldOutcome repeated(HoldRequest request, Hold known) {
        return known.answers(request) ? HoldOutcome.Placed.of(known) : new HoldOutcome.IdReused(request.holdId());
    }

    /**
     * Decides whether a locked hold may last longer: for another time to live from now, but not beyond the end of the
     * sale. So no hold lasts longer than twice its time to live, and none gets shorter.
     */
    public ExtendOutcome extend(Hold hold, SaleWindow window, Instant now) {
        return switch (hold) {
            case ActiveHold active when !active.validAt(now) -> new ExtendOutcome.AlreadyExpired(active.id());
            case ActiveHold active when active.extended() -> new ExtendOutcome.Extended(active);
            case ActiveHold active -> new ExtendOutcome.Extended(active.extendedTo(later(active, window, now)));
            case EndedHold ended ->
                switch (ended.how()) {
                    case ORDERED -> new ExtendOutcome.AlreadyOrdered(ended.id());
                    case RELEASED -> new ExtendOutcome.AlreadyReleased(ended.id());
                    case EXPIRED -> new ExtendOutcome.AlreadyExpired(ended.id());
                };
        };
    }

    private Instant later(ActiveHold hold, SaleWindow window, Instant now) {
        Instant wished = now.plus(ttl);
        Instant possible = window.endsAt() != null && window.endsAt().isBefore(wished) ? window.endsAt() : wished;
        return possible.isAfter(hold.expiresAt()) ? possible : hold.expiresAt();
    }

    /**
     * Pieces that a batch asks for and may have by the rules, limits per customer aside; more than are available
     * means that some request may be refused.
     */
    public static long piecesAsked(SaleRules rules, List<HoldRequest> requests, Instant now) {
        return requests.stream()
                .filter(request -> forbidden(rules, request, now) == null)
                .mapToLong(request -> request.quantity().value())
                .sum();
    }

    private static @Nullable HoldOutcome forbidden(
            Stock stock, HoldRequest request, Map<CustomerId, Integer> taken, Instant now) {
        HoldOutcome forbidden = forbidden(stock.rules(), request, now);
        return forbidden != null ? forbidden : beyondLimit(stock.rules(), request, taken);
    }

    private static @Nullable HoldOutcome forbidden(SaleRules rules, HoldRequest request, Instant now) {
        if (rules.maxPerHold() != null && request.quantity().value() > rules.maxPerHold()) {
            return new HoldOutcome.QuantityTooLarge(request.productId(), rules.maxPerHold());
        }
        if (rules.maxPerCustomer() != null && request.customerId() == null) {
            return new HoldOutcome.CustomerRequired(request.productId());
        }
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

    private static @Nullable HoldOutcome beyondLimit(
            SaleRules rules, HoldRequest request, Map<CustomerId, Integer> taken) {
        if (rules.maxPerCustomer() == null || request.customerId() == null) {
            return null;
        }
        int has = taken.getOrDefault(request.customerId(), 0);
        return (long) has + request.quantity().value() > rules.maxPerCustomer()
                ? new HoldOutcome.LimitReached(request.productId(), rules.maxPerCustomer(), has)
                : null;
    }

    private static HoldOutcome refusal(Stock left, Instant now, Optional<Instant> nextReturn) {
        if (left.available() > 0) {
            return new HoldOutcome.InsufficientStock(left.productId(), left.available());
        }
        return nextReturn
                .<HoldOutcome>map(at -> new HoldOutcome.AllHeld(left.productId(), untilAtLeastZero(now, at)))
                .orElseGet(() -> new HoldOutcome.SoldOut(left.productId()));
    }

    private static Optional<Instant> earliest(Optional<Instant> known, Instant own) {
        return Optional.of(known.filter(at -> at.isBefore(own)).orElse(own));
    }

    private static Duration untilAtLeastZero(Instant now, Instant at) {
        return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    }
}
