package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * @param nextReturn the earliest moment at which held or unpaid pieces of the product could return by themselves,
     *     if there are any; looked at for refusals alone
     */
    public Decision decide(Stock stock, List<HoldRequest> requests, Instant now, Optional<Instant> nextReturn) {
        List<HoldOutcome> outcomes = new ArrayList<>(requests.size());
        List<ActiveHold> granted = new ArrayList<>(requests.size());
        Stock left = stock;
        for (HoldRequest request : requests) {
            if (left.has(request.quantity())) {
                left = left.take(request.quantity());
                ActiveHold hold =
                        new ActiveHold(request.holdId(), request.productId(), request.quantity(), now.plus(ttl));
                granted.add(hold);
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

    /** Pieces that a batch asks for in all; more than are available means that some request will be refused. */
    public static long piecesAsked(List<HoldRequest> requests) {
        return requests.stream()
                .mapToLong(request -> request.quantity().value())
                .sum();
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
