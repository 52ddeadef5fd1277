package dev.flashsale.domain.stock;

import java.util.Currency;

/** What became of a program's wish that a product be what it says. A refusal changes nothing. */
public sealed interface PutOutcome
        permits AdjustOutcome.Adjusted, AdjustOutcome.BelowTaken, PutOutcome.CurrencyIsFixed {

    /** There is the product, at a price in another currency. A product keeps its own: its orders are in it. */
    record CurrencyIsFixed(Currency currency) implements PutOutcome {}
}
