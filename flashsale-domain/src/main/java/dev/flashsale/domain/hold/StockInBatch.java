package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A product while a batch is decided: what is left of it for the next request. */
final class StockInBatch {

    /** A reason not to grant a line, whatever the stock. */
    @FunctionalInterface
    interface Rule {
        /**
         * The refusal, if it is one.
         *
         * @param taken pieces that the customer has already
         */
        @Nullable
        HoldOutcome refusal(SaleRules rules, Item line, @Nullable CustomerId customer, int taken, Instant now);
    }

    /** The first that refuses gives the answer. */
    static final List<Rule> RULES =
            List.of(StockInBatch::tooLarge, StockInBatch::ofNobody, StockInBatch::closed, StockInBatch::beyondLimit);

    private final Instant now;
    private final Map<CustomerId, Integer> taken;
    private Stock left;
    private Optional<Instant> nextReturn;

    StockInBatch(Offer offer, Instant now) {
        this.now = now;
        taken = new HashMap<>(offer.taken());
        left = offer.stock();
        nextReturn = offer.nextReturn();
    }

    /** Each of these. */
    static Map<ProductId, StockInBatch> of(Map<ProductId, Offer> offers, Instant now) {
        Map<ProductId, StockInBatch> stocks = new TreeMap<>();
        offers.forEach((id, offer) -> stocks.put(id, new StockInBatch(offer, now)));
        return stocks;
    }

    Stock left() {
        return left;
    }

    /**
     * Why a rule forbids this line, if it does.
     *
     * @param had pieces of it that the hold has already
     */
    @Nullable
    HoldOutcome forbidden(Rule rule, Item line, int had, @Nullable CustomerId customer) {
        return rule.refusal(
                left.rules(), line, customer, customer == null ? 0 : taken.getOrDefault(customer, 0) - had, now);
    }

    /** Whether the rules let a customer who has nothing yet have this line. */
    static boolean allows(SaleRules rules, Item line, @Nullable CustomerId customer, Instant now) {
        for (Rule rule : RULES) {
            if (rule.refusal(rules, line, customer, 0, now) != null) {
                return false;
            }
        }
        return true;
    }

    /** What is short for that many pieces more, if they are not forbidden. */
    HoldOutcome.@Nullable Shortage shortage(int pieces) {
        if (left.available() >= pieces) {
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
    void take(Item line, @Nullable CustomerId customer, Instant expiresAt) {
        left = left.take(line.quantity());
        nextReturn = Optional.of(nextReturn.filter(at -> at.isBefore(expiresAt)).orElse(expiresAt));
        if (customer != null) {
            int unused = taken.merge(customer, line.quantity().value(), Math::addExact);
        }
    }

    /** Grants that a hold which had so many pieces has so many. */
    void exchange(int had, int has, @Nullable CustomerId customer, Instant expiresAt) {
        if (has > had) {
            take(new Item(left.productId(), new Quantity(has - had)), customer, expiresAt);
            return;
        }
        left = left.giveBack(had - has);
        if (customer != null) {
            int unused = taken.merge(customer, has - had, Math::addExact);
        }
    }

    private static @Nullable HoldOutcome tooLarge(
            SaleRules rules, Item line, @Nullable CustomerId customer, int taken, Instant now) {
        return rules.maxPerHold() != null && line.quantity().value() > rules.maxPerHold()
                ? new HoldOutcome.QuantityTooLarge(line.productId(), rules.maxPerHold())
                : null;
    }

    private static @Nullable HoldOutcome ofNobody(
            SaleRules rules, Item line, @Nullable CustomerId customer, int taken, Instant now) {
        return rules.maxPerCustomer() != null && customer == null
                ? new HoldOutcome.CustomerRequired(line.productId())
                : null;
    }

    private static @Nullable HoldOutcome closed(
            SaleRules rules, Item line, @Nullable CustomerId customer, int taken, Instant now) {
        return switch (rules.stateAt(now)) {
            case UPCOMING ->
                new HoldOutcome.NotOnSale(
                        line.productId(),
                        rules.window(),
                        Optional.of(Duration.between(
                                now, Objects.requireNonNull(rules.window().startsAt()))));
            case OPEN -> null;
            case OVER -> new HoldOutcome.NotOnSale(line.productId(), rules.window(), Optional.empty());
        };
    }

    private static @Nullable HoldOutcome beyondLimit(
            SaleRules rules, Item line, @Nullable CustomerId customer, int taken, Instant now) {
        Integer limit = rules.maxPerCustomer();
        return limit != null
                        && customer != null
                        && (long) taken + line.quantity().value() > limit
                ? new HoldOutcome.LimitReached(line.productId(), limit, taken)
                : null;
    }

    private Duration untilAtLeastZero(Instant at) {
        return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    }
}
