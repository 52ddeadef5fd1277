package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a wish to hold. Where several could apply, the first in this order is the answer: {@link IdReused},
 * {@link AlreadyHeld}, {@link UnknownProduct}, {@link MixedCurrencies}, {@link QuantityTooLarge}, {@link CustomerRequired},
 * {@link NotOnSale}, {@link LimitReached}, {@link Placed}, {@link InsufficientStock}, {@link AllHeld}, {@link SoldOut},
 * and {@link LinesShort} in place of the last three where several products are wished for: of each of these the first
 * line that it is true of, in the order of the products. What waiting would not cure comes first; the repetition of a
 * request that was granted is {@link Placed} whatever the rules have become. A refusal that was learnt a moment ago from
 * another request, by whoever remembers it, may go before all of these.
 */
public sealed interface HoldOutcome {

    /** The hold id was used before, for another product, quantity or customer. Nothing changed. */
    record IdReused(HoldId holdId) implements HoldOutcome {}

    /** The customer has this hold already, and the request said that it will do. Nothing changed. */
    record AlreadyHeld(HoldId holdId, Lines lines, Instant expiresAt) implements HoldOutcome {

        static AlreadyHeld of(Hold hold) {
            return new AlreadyHeld(hold.id(), hold.lines(), hold.expiresAt());
        }
    }

    /** There is no such product. */
    record UnknownProduct(ProductId productId) implements HoldOutcome {}

    /** The products have prices in more than one currency, so that the hold could not become an order. */
    record MixedCurrencies(HoldId holdId) implements HoldOutcome {}

    /** More than the product allows in one hold. */
    record QuantityTooLarge(ProductId productId, int limit) implements HoldOutcome {}

    /** The product has a limit per customer, and the request does not say who the customer is. */
    record CustomerRequired(ProductId productId) implements HoldOutcome {}

    /**
     * Its sale has not begun, or is over, or it is retired.
     *
     * @param retryAfter until it begins; empty when it is over or retired
     */
    record NotOnSale(ProductId productId, SaleWindow window, Optional<Duration> retryAfter) implements HoldOutcome {}

    /**
     * The customer would have more than one may have.
     *
     * @param taken pieces that the customer has held, ordered and bought
     */
    record LimitReached(ProductId productId, int limit, int taken) implements HoldOutcome {}

    /** Granted. The same request again is answered with the same hold. */
    record Placed(HoldId holdId, Lines lines, Instant expiresAt) implements HoldOutcome {

        static Placed of(Hold hold) {
            return new Placed(hold.id(), hold.lines(), hold.expiresAt());
        }
    }

    /** Less of a product is left than was wished for. */
    sealed interface Shortage extends HoldOutcome {
        ProductId productId();

        /**
         * What a request is answered of which these lines are short.
         *
         * @param shortages 1 or more
         */
        static HoldOutcome of(Lines lines, List<Shortage> shortages) {
            return lines.count() == 1 ? shortages.getFirst() : new LinesShort(shortages);
        }
    }

    /**
     * Some lines of a request for several products are short, so nothing was taken of any.
     *
     * @param lines what each of them would have been answered by itself, in the order of the products
     */
    record LinesShort(List<Shortage> lines) implements HoldOutcome {

        /** Whether none of them is sold: worth trying again. */
        public boolean onlyHeld() {
            return lines.stream().allMatch(AllHeld.class::isInstance);
        }
    }

    /** Something is left, but not that much: a smaller request may be granted. */
    record InsufficientStock(ProductId productId, int available) implements Shortage {}

    /**
     * Nothing is available now, but not everything is sold: what is held or ordered and not paid may return.
     *
     * @param retryAfter until the earliest that something could return by itself
     */
    record AllHeld(ProductId productId, Duration retryAfter) implements Shortage {}

    /** Nothing is available and nothing can return by itself. */
    record SoldOut(ProductId productId) implements Shortage {}
}
