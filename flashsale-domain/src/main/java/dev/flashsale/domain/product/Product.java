package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.Text;
import java.math.BigDecimal;

/**
 * What is sold.
 *
 * @param name 1 to 200 characters, not blank, without control characters
 * @param price of one piece, below 10^9, so that the amount of the largest order is still a {@link Money}; an order's
 *     amount is made of the price at the moment the order is placed
 */
public record Product(ProductId id, String name, Money price) {

    public static final int NAME_MAX_LENGTH = 200;
    private static final BigDecimal PRICE_LIMIT = BigDecimal.TEN.pow(9);

    public Product {
        name = validName(name);
        price = validPrice(price);
    }

    /** That name, if a product can have it. */
    public static String validName(String name) {
        return Text.line("product name", name, NAME_MAX_LENGTH);
    }

    /** That price, if a product can have it. */
    public static Money validPrice(Money price) {
        if (price.amount().compareTo(PRICE_LIMIT) >= 0) {
            throw new InvalidValue("price", "must be below 10^9", price);
        }
        return price;
    }

    /** Whether both are priced in one currency. */
    public boolean hasCurrencyOf(Product other) {
        return price.currency().equals(other.price.currency());
    }
}
