package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of changes of holds, one after the other. What a hold gets more of keeps to the rules of a new hold; what
 * it gets less of, or keeps, is granted whatever they have become.
 *
 * @param holds what holds for all of them
 */
public record ChangePolicy(HoldPolicy holds) {

    /**
     * What a batch does.
     *
     * @param outcomes one for each request, in their order
     * @param changed the holds to write, as they are after it
     * @param stocks every offered stock with what was changed taken and given back
     */
    public record Decision(List<HoldChangeOutcome> outcomes, Map<HoldId, ActiveHold> changed, List<Stock> stocks) {

        /**
         * This one, if of each product there is as much less or more as the holds have more or less.
         *
         * @throws IllegalStateException else, which is a defect: before anything is written
         */
        Decision sound(Map<HoldId, Hold> before, Map<ProductId, Offer> offers) {
            for (Stock left : stocks) {
                Stock offered =
                        Objects.requireNonNull(offers.get(left.productId())).stock();
                int more = 0;
                for (ActiveHold after : changed.values()) {
                    more += after.lines().piecesOf(left.productId())
                            - Objects.requireNonNull(before.get(after.id()))
                                    .lines()
                                    .piecesOf(left.productId());
                }
                if (left.total() != offered.total() || offered.available() - left.available() != more) {
                    throw new IllegalStateException(
                            more + " pieces more are held, but " + offered + " becomes " + left);
                }
            }
            return this;
        }
    }

    /**
     * Decides on locked holds and stocks.
     *
     * @param before the holds that exist among those of the requests
     * @param offers of every product that exists among those that a valid hold is or would be of
     * @param currencies of the prices of those that are wished for together with others
     */
    public Decision decide(
            Map<HoldId, Hold> before,
            Map<ProductId, Offer> offers,
            Map<ProductId, Currency> currencies,
            List<ChangeRequest> requests,
            Instant now) {
        Map<ProductId, StockInBatch> stocks = StockInBatch.of(offers, now);
        Map<HoldId, ActiveHold> changed = new TreeMap<>();
        List<HoldChangeOutcome> outcomes = new ArrayList<>(requests.size());
        for (ChangeRequest request : requests) {
            ActiveHold since = changed.get(request.holdId());
            HoldChangeOutcome outcome =
                    decide(request, since == null ? before.get(request.holdId()) : since, stocks, currencies, now);
            if (outcome instanceof HoldChangeOutcome.Changed done) {
                changed.put(request.holdId(), done.hold());
            }
            outcomes.add(outcome);
        }
        changed.values().removeIf(hold -> hold.equals(before.get(hold.id())));
        return new Decision(
                        outcomes,
                        changed,
                        stocks.values().stream().map(StockInBatch::left).toList())
                .sound(before, offers);
    }

    private HoldChangeOutcome decide(
            ChangeRequest request,
            @Nullable Hold hold,
            Map<ProductId, StockInBatch> stocks,
            Map<ProductId, Currency> currencies,
            Instant now) {
        return switch (hold) {
            case null -> new HoldChangeOutcome.UnknownHold(request.holdId());
            case ActiveHold active
            when active.validAt(now) ->
                request.linesFor(active)
                        .map(lines -> change(active, lines, stocks, currencies))
                        .orElseGet(() -> new HoldChangeOutcome.LinesRequired(active.id()));
            case ActiveHold expired -> new HoldChangeOutcome.AlreadyExpired(expired.id());
            case EndedHold ended ->
                switch (ended.how()) {
                    case ORDERED -> new HoldChangeOutcome.AlreadyOrdered(ended.id());
                    case RELEASED -> new HoldChangeOutcome.AlreadyReleased(ended.id());
                    case EXPIRED -> new HoldChangeOutcome.AlreadyExpired(ended.id());
                };
        };
    }

    private HoldChangeOutcome change(
            ActiveHold hold, Lines lines, Map<ProductId, StockInBatch> stocks, Map<ProductId, Currency> currencies) {
        HoldOutcome refusal = HoldPolicy.refusal(
                new HoldRequest(hold.id(), lines, hold.customerId()), hold.lines()::piecesOf, stocks, currencies);
        if (refusal != null) {
            return new HoldChangeOutcome.Refused(hold.id(), refusal);
        }
        Set<ProductId> products = new TreeSet<>(hold.lines().products());
        products.addAll(lines.products());
        for (ProductId product : products) {
            Objects.requireNonNull(stocks.get(product))
                    .exchange(
                            hold.lines().piecesOf(product),
                            lines.piecesOf(product),
                            hold.customerId(),
                            hold.expiresAt());
        }
        ActiveHold changed = hold.with(lines);
        return new HoldChangeOutcome.Changed(changed, holds.extensionsLeft(changed));
    }
}
