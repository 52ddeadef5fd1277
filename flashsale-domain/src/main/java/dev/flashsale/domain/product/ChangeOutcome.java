package dev.flashsale.domain.product;

import java.util.Currency;

/**
 * What became of an operator's wish to change a product, in this order of precedence. A refusal changes nothing.
 */
public sealed interface ChangeOutcome {

    /** There is no such product. */
    record UnknownProduct(ProductId productId) implements ChangeOutcome {}

    /** The price was given in another currency. A product keeps its own: its orders are in it. */
    record CurrencyIsFixed(Currency currency) implements ChangeOutcome {}

    /**
     * The product's currency has no such price.
     *
     * @param rule what it must be, such as {@code must have at most 2 decimals in EUR}
     */
    record InvalidPrice(String rule) implements ChangeOutcome {}

    /** With what was set before, the sale would end before it begins. */
    record InvalidWindow() implements ChangeOutcome {}

    /** It is so now. */
    record Changed(Product product, SaleRules rules) implements ChangeOutcome {}
}
