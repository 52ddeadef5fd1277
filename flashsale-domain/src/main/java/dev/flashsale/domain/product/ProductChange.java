package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to be different about a product.
 *
 * <p>Refuses a name or a limit that no product can have with an {@link InvalidValue}.
 *
 * @param name none keeps it
 * @param price of one piece in the product's currency; none keeps it
 * @param currency what the price is believed to be in; none if that was not said
 * @param retired whether it is off sale for good, or back; none keeps it
 */
public record ProductChange(
        @Nullable String name,
        @Nullable BigDecimal price,
        @Nullable Currency currency,
        Edit<Integer> maxPerHold,
        Edit<Integer> maxPerCustomer,
        Edit<Instant> saleStartsAt,
        Edit<Instant> saleEndsAt,
        @Nullable Boolean retired) {

    public ProductChange {
        if (name != null) {
            name = Product.validName(name);
        }
        SaleRules.requirePositive("limit per hold", maxPerHold.of(null));
        SaleRules.requirePositive("limit per customer", maxPerCustomer.of(null));
    }

    /** Decides on a product whose stock is locked. */
    public ChangeOutcome decide(Product product, SaleRules rules) {
        Currency fixed = product.price().currency();
        if (currency != null && !currency.equals(fixed)) {
            return new ChangeOutcome.CurrencyIsFixed(fixed);
        }
        Product changed;
        try {
            changed = new Product(
                    product.id(),
                    name == null ? product.name() : name,
                    price == null ? product.price() : new Money(price, fixed));
        } catch (InvalidValue e) {
            return new ChangeOutcome.InvalidPrice(e.rule());
        }
        SaleWindow window;
        try {
            window = new SaleWindow(
                    saleStartsAt.of(rules.window().startsAt()),
                    saleEndsAt.of(rules.window().endsAt()));
        } catch (InvalidValue ofOrder) {
            return new ChangeOutcome.InvalidWindow();
        }
        return new ChangeOutcome.Changed(
                changed,
                new SaleRules(
                        maxPerHold.of(rules.maxPerHold()),
                        maxPerCustomer.of(rules.maxPerCustomer()),
                        window,
                        retired == null ? rules.retired() : retired));
    }
}
