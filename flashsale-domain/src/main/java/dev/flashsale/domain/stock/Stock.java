package dev.flashsale.domain.stock;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;

/**
 * The stock of one product: the row that a hot sale fights for.
 *
 * <p>Three things change {@code available}: a hold takes, an ended hold or order gives back, an operator adjusts the
 * total. Turning a hold into an order and paying it do not.
 *
 * @param total pieces put on sale, 0 to {@value #MAX_TOTAL}
 * @param available pieces neither held nor ordered, 0 to {@code total}
 * @param rules what a buyer has to keep to; whoever has the stock locked decides by them
 */
public record Stock(ProductId productId, int total, int available, SaleRules rules) {

    public static final int MAX_TOTAL = 1_000_000_000;

    public Stock {
        total = validTotal(total);
        if (available < 0 || available > total) {
            throw new IllegalArgumentException(
                    "available must be from 0 to the total of " + total + ", was " + available);
        }
    }

    /** That total, if a stock can have it. */
    public static int validTotal(int total) {
        if (total < 0 || total > MAX_TOTAL) {
            throw new InvalidValue("total", "must be from 0 to " + MAX_TOTAL, total);
        }
        return total;
    }

    /** A stock that is sold without rules. */
    public Stock(ProductId productId, int total, int available) {
        this(productId, total, available, SaleRules.NONE);
    }

    /** A stock of which nothing is taken yet, sold without rules. */
    public static Stock untouched(ProductId productId, int total) {
        return new Stock(productId, total, total);
    }

    public Stock with(SaleRules newRules) {
        return new Stock(productId, total, available, newRules);
    }

    /** Pieces held, ordered or sold. */
    public int taken() {
        return total - available;
    }

    public boolean has(Quantity quantity) {
        return available >= quantity.value();
    }

    /**
     * This stock with that much less available.
     *
     * @throws IllegalArgumentException if it does not have that much; ask {@link #has} first
     */
    public Stock take(Quantity quantity) {
        return new Stock(productId, total, available - quantity.value(), rules);
    }

    /**
     * This stock with that many pieces available again.
     *
     * @param pieces 0 or more
     * @throws IllegalStateException if more would come back than was taken: then the row and the holds and orders of its
     *     product contradict one another, and nothing may be given back by either
     */
    public Stock giveBack(int pieces) {
        if (pieces < 0) {
            throw new IllegalArgumentException("pieces given back must be 0 or more, was " + pieces);
        }
        if (pieces > taken()) {
            throw new IllegalStateException("product " + productId + " has " + taken() + " pieces taken, and " + pieces
                    + " come back: its stock contradicts its holds and orders");
        }
        return new Stock(productId, total, available + pieces, rules);
    }

    /**
     * This stock for whoever only looks: what is over counts as available already. All of it at most, also where the row
     * contradicts its holds and orders.
     *
     * @param over pieces of holds and orders whose time is over, 0 or more
     */
    public Stock seenWith(long over) {
        return new Stock(productId, total, (int) Math.min(total, available + over), rules);
    }

    /** This stock with another total; what is taken stays taken, so the total cannot go below it. */
    public AdjustOutcome.Known adjustTo(int newTotal) {
        return newTotal < taken()
                ? new AdjustOutcome.BelowTaken(taken())
                : new AdjustOutcome.Adjusted(new Stock(productId, newTotal, newTotal - taken(), rules));
    }
}
