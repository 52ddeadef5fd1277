package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of wishes, first come, first served. A request too large is refused, and a smaller one behind it may
 * still be granted.
 *
 * @param ttl how long a hold is valid
 * @param extensions how often a hold can be extended, 0 or more
 */
public record HoldPolicy(Duration ttl, int extensions) {

    /**
     * What a batch does.
     *
     * @param outcomes one for each request, in their order
     * @param granted the holds to insert
     * @param stocks every offered stock with what was granted taken
     */
    public record Decision(List<HoldOutcome> outcomes, List<ActiveHold> granted, List<Stock> stocks) {

        /**
         * This one, if every request has its outcome and of each product there is as much less as was granted of it.
         *
         * @throws IllegalStateException else, which is a defect: before anything is written
         */
        Decision sound(Map<ProductId, Offer> offers, List<HoldRequest> requests) {
            if (outcomes.size() != requests.size()) {
                throw new IllegalStateException(outcomes.size() + " outcomes of " + requests.size() + " requests");
            }
            Map<ProductId, Integer> pieces = new HashMap<>();
            for (ActiveHold hold : granted) {
                for (Item line : hold.lines().items()) {
                    int unused = pieces.merge(line.productId(), line.quantity().value(), Math::addExact);
                }
            }
            for (Stock left : stocks) {
                Stock offered =
                        Objects.requireNonNull(offers.get(left.productId())).stock();
                int taken = pieces.getOrDefault(left.productId(), 0);
                if (left.total() != offered.total() || offered.available() - left.available() != taken) {
                    throw new IllegalStateException(taken + " pieces granted, but " + offered + " becomes " + left);
                }
            }
            return this;
        }
    }

    /**
     * Decides on locked stocks. A request gets all of its lines or nothing.
     *
     * @param offers of every product that exists among those wished for
     * @param currencies of the prices of those that are wished for together with others
     * @param held what those customers have who would have it again
     */
    public Decision decide(
            Map<ProductId, Offer> offers,
            Map<ProductId, Currency> currencies,
            Collection<ActiveHold> held,
            List<HoldRequest> requests,
            Instant now) {
        Map<ProductId, StockInBatch> stocks = StockInBatch.of(offers, now);
        Instant expiresAt = now.plus(ttl);
        List<HoldOutcome> outcomes = new ArrayList<>(requests.size());
        List<ActiveHold> granted = new ArrayList<>(requests.size());
        for (HoldRequest request : requests) {
            Optional<ActiveHold> again = request.reuse() ? again(request, held, granted, now) : Optional.empty();
            HoldOutcome refusal =
                    again.<HoldOutcome>map(HoldOutcome.AlreadyHeld::of).orElse(null);
            if (refusal == null) {
                refusal = refusal(request, product -> 0, stocks, currencies);
            }
            if (refusal == null) {
                ActiveHold hold = new ActiveHold(request.holdId(), request.lines(), expiresAt, request.customerId(), 0);
                for (Item line : request.lines().items()) {
                    stock(line, stocks).take(line, request.customerId(), expiresAt);
                }
                granted.add(hold);
                outcomes.add(HoldOutcome.Placed.of(hold));
            } else {
                outcomes.add(refusal);
            }
        }
        return new Decision(
                        outcomes,
                        granted,
                        stocks.values().stream().map(StockInBatch::left).toList())
                .sound(offers, requests);
    }

    /** The one that lasts longest, of this batch, too. */
    private static Optional<ActiveHold> again(
            HoldRequest request, Collection<ActiveHold> held, List<ActiveHold> granted, Instant now) {
        return Stream.concat(held.stream(), granted.stream())
                .filter(hold -> hold.willDoFor(request, now))
                .max(Comparator.comparing(ActiveHold::expiresAt).thenComparing(ActiveHold::id));
    }

    /**
     * Rule by rule and not line by line, so that the order of precedence is that of a single product. Lines of which no more
     * is wished for than the hold has already keep to no rule.
     *
     * @param had pieces that it has of a product
     */
    static @Nullable HoldOutcome refusal(
            HoldRequest request,
            ToIntFunction<ProductId> had,
            Map<ProductId, StockInBatch> stocks,
            Map<ProductId, Currency> currencies) {
        List<Item> lines = more(request.lines().items(), had);
        if (lines.isEmpty()) {
            return null;
        }
        for (Item line : lines) {
            if (!stocks.containsKey(line.productId())) {
                return new HoldOutcome.UnknownProduct(line.productId());
            }
        }
        if (areMixed(request.lines().items(), currencies)) {
            return new HoldOutcome.MixedCurrencies(request.holdId());
        }
        for (StockInBatch.Rule rule : StockInBatch.RULES) {
            for (Item line : lines) {
                HoldOutcome forbidden = stock(line, stocks)
                        .forbidden(rule, line, had.applyAsInt(line.productId()), request.customerId());
                if (forbidden != null) {
                    return forbidden;
                }
            }
        }
        List<HoldOutcome.Shortage> shortages = new ArrayList<>(0);
        for (Item line : lines) {
            HoldOutcome.Shortage shortage =
                    stock(line, stocks).shortage(line.quantity().value() - had.applyAsInt(line.productId()));
            if (shortage != null) {
                shortages.add(shortage);
            }
        }
        return shortages.isEmpty() ? null : HoldOutcome.Shortage.of(request.lines(), shortages);
    }

    private static List<Item> more(List<Item> lines, ToIntFunction<ProductId> had) {
        for (Item line : lines) {
            if (line.quantity().value() <= had.applyAsInt(line.productId())) {
                return lines.stream()
                        .filter(each -> each.quantity().value() > had.applyAsInt(each.productId()))
                        .toList();
            }
        }
        return lines;
    }

    private static boolean areMixed(List<Item> lines, Map<ProductId, Currency> currencies) {
        Item first = lines.getFirst();
        for (Item line : lines) {
            if (!Objects.equals(currencies.get(line.productId()), currencies.get(first.productId()))) {
                return true;
            }
        }
        return false;
    }

    private static StockInBatch stock(Item line, Map<ProductId, StockInBatch> stocks) {
        return Objects.requireNonNull(stocks.get(line.productId()));
    }

    /** The answer to a request whose id is known: the first outcome again, or a refusal if the request is another. */
    public static HoldOutcome repeated(HoldRequest request, Hold known) {
        return known.answers(request) ? HoldOutcome.Placed.of(known) : new HoldOutcome.IdReused(request.holdId());
    }

    /**
     * Decides whether a locked hold may last longer: for another time to live from now, but not beyond the end of the
     * sale. So none gets shorter, and none lasts longer than its time to live once more for each extension. One that
     * gains nothing is not used up.
     */
    public ExtendOutcome extend(ExtendRequest request, Hold hold, SaleWindow window, Instant now) {
        return switch (hold) {
            case ActiveHold active when !active.validAt(now) -> new ExtendOutcome.AlreadyExpired(active.id());
            case ActiveHold active when isRepeated(request, active) -> extended(active);
            case ActiveHold active when extensionsLeft(active) == 0 -> new ExtendOutcome.NoExtensionsLeft(active.id());
            case ActiveHold active -> {
                Instant later = later(active, window, now);
                yield extended(later.equals(active.expiresAt()) ? active : active.extendedTo(later));
            }
            case EndedHold ended ->
                switch (ended.how()) {
                    case ORDERED -> new ExtendOutcome.AlreadyOrdered(ended.id());
                    case RELEASED -> new ExtendOutcome.AlreadyReleased(ended.id());
                    case EXPIRED -> new ExtendOutcome.AlreadyExpired(ended.id());
                };
        };
    }

    private ExtendOutcome extended(ActiveHold hold) {
        return new ExtendOutcome.Extended(hold, extensionsLeft(hold));
    }

    /** Where the request does not tell, none is taken for a repetition as long as there is an extension left. */
    private boolean isRepeated(ExtendRequest request, ActiveHold hold) {
        return request.expiresAt() == null
                ? hold.extensions() > 0 && extensionsLeft(hold) == 0
                : !request.expiresAt().equals(hold.expiresAt());
    }

    /** How often a hold can still be extended. */
    public int extensionsLeft(Hold hold) {
        return hold instanceof ActiveHold active ? Math.max(0, extensions - active.extensions()) : 0;
    }

    private Instant later(ActiveHold hold, SaleWindow window, Instant now) {
        Instant wished = now.plus(ttl);
        Instant possible = window.endsAt() != null && window.endsAt().isBefore(wished) ? window.endsAt() : wished;
        return possible.isAfter(hold.expiresAt()) ? possible : hold.expiresAt();
    }

    /**
     * Pieces of a product that a batch asks for and may have by the rules; more than are available means that some request
     * may be refused.
     *
     * @param requests some of which may be for other products
     */
    public static long piecesAsked(Stock stock, List<HoldRequest> requests, Instant now) {
        long pieces = 0;
        for (HoldRequest request : requests) {
            for (Item line : request.lines().items()) {
                if (line.productId().equals(stock.productId())
                        && StockInBatch.allows(stock.rules(), line, request.customerId(), now)) {
                    pieces += line.quantity().value();
                }
            }
        }
        return pieces;
    }
}
