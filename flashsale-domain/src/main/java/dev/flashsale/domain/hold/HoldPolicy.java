package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of wishes, first come, first served. A request too large is refused, and a smaller one behind it may
 * still be granted.
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
     * What a batch over several products does.
     *
     * @param outcomes one for each request, in their order
     * @param granted the holds to insert
     * @param stocks every offered stock with what was granted taken
     */
    public record Decisions(List<HoldOutcome> outcomes, List<ActiveHold> granted, List<Stock> stocks) {}

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
        Shelf shelf = new Shelf(new Offer(stock, taken, nextReturn), now);
        for (HoldRequest request : requests) {
            outcomes.add(decide(request, shelf, now, granted));
        }
        return new Decision(outcomes, granted, shelf.left());
    }

    private HoldOutcome decide(HoldRequest request, Shelf shelf, Instant now, List<ActiveHold> granted) {
        HoldOutcome forbidden = shelf.forbidden(request);
        HoldOutcome refusal = forbidden != null ? forbidden : shelf.shortage(request);
        if (refusal != null) {
            return refusal;
        }
        ActiveHold hold = hold(request, now);
        shelf.take(request, hold.expiresAt());
        granted.add(hold);
        return HoldOutcome.Placed.of(hold);
    }

    /**
     * Decides on locked stocks where some requests are for several products: these get all of their lines or nothing.
     *
     * @param offers of every product that exists among those wished for
     * @param currencies of the prices of those that are wished for together
     */
    public Decisions decide(
            Map<ProductId, Offer> offers,
            Map<ProductId, Currency> currencies,
            List<HoldRequest> requests,
            Instant now) {
        Map<ProductId, Shelf> shelves = new TreeMap<>();
        offers.forEach((id, offer) -> shelves.put(id, new Shelf(offer, now)));
        List<HoldOutcome> outcomes = new ArrayList<>(requests.size());
        List<ActiveHold> granted = new ArrayList<>(requests.size());
        for (HoldRequest request : requests) {
            Shelf shelf = shelves.get(request.productId());
            outcomes.add(
                    shelf == null || request.ofSeveral()
                            ? decideAll(request, shelves, currencies, now, granted)
                            : decide(request, shelf, now, granted));
        }
        return new Decisions(
                outcomes, granted, shelves.values().stream().map(Shelf::left).toList());
    }

    private HoldOutcome decideAll(
            HoldRequest request,
            Map<ProductId, Shelf> shelves,
            Map<ProductId, Currency> currencies,
            Instant now,
            List<ActiveHold> granted) {
        List<HoldRequest> lines = request.lines();
        Optional<HoldRequest> unknown = lines.stream()
                .filter(line -> !shelves.containsKey(line.productId()))
                .findFirst();
        if (unknown.isPresent()) {
            return new HoldOutcome.UnknownProduct(unknown.get().productId());
        }
        if (lines.stream()
                        .map(line -> currencies.get(line.productId()))
                        .distinct()
                        .count()
                > 1) {
            return new HoldOutcome.MixedCurrencies(request.holdId());
        }
        Optional<HoldOutcome> forbidden = forbidden(lines, shelves);
        if (forbidden.isPresent()) {
            return forbidden.get();
        }
        List<HoldOutcome.Shortage> missing =
                each(lines, shelves, Shelf::shortage).toList();
        if (!missing.isEmpty()) {
            return new HoldOutcome.LinesShort(missing);
        }
        ActiveHold hold = hold(request, now);
        lines.forEach(line -> shelf(line, shelves).take(line, hold.expiresAt()));
        granted.add(hold);
        return HoldOutcome.Placed.of(hold);
    }

    /** Rule by rule and not line by line, so that the order of precedence is that of a single product. */
    private static Optional<HoldOutcome> forbidden(List<HoldRequest> lines, Map<ProductId, Shelf> shelves) {
        return Stream.concat(
                        Shelf.RULES.stream()
                                .flatMap(rule -> each(lines, shelves, (shelf, line) -> shelf.forbidden(rule, line))),
                        each(lines, shelves, Shelf::beyondLimit))
                .findFirst();
    }

    private static <T> Stream<T> each(
            List<HoldRequest> lines, Map<ProductId, Shelf> shelves, BiFunction<Shelf, HoldRequest, @Nullable T> ask) {
        return lines.stream().flatMap(line -> Stream.ofNullable(ask.apply(shelf(line, shelves), line)));
    }

    private static Shelf shelf(HoldRequest line, Map<ProductId, Shelf> shelves) {
        return Objects.requireNonNull(shelves.get(line.productId()));
    }

    private ActiveHold hold(HoldRequest request, Instant now) {
        return new ActiveHold(
                request.holdId(),
                request.productId(),
                request.quantity(),
                now.plus(ttl),
                request.customerId(),
                false,
                request.further());
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
                .filter(request -> Shelf.forbidden(rules, request, now) == null)
                .mapToLong(request -> request.quantity().value())
                .sum();
    }
}
