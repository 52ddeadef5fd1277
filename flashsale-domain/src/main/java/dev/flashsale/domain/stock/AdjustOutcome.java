package dev.flashsale.domain.stock;

/** What became of an operator's wish for another total. */
public sealed interface AdjustOutcome {

    record Adjusted(Stock stock) implements AdjustOutcome {}

    /**
     * More is held, ordered or sold than the wished total.
     *
     * @param smallestTotal the smallest total that is possible now
     */
    record BelowTaken(int smallestTotal) implements AdjustOutcome {}
}
