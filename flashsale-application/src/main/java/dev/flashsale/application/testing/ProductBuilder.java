package dev.flashsale.application.testing;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.testing.Examples;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new product: 10 pieces for 19.90 EUR each, on sale to anybody at any time, but for what is said. Begun by {@link Given#product}. */
public final class ProductBuilder {

    private final Flashsale flashsale;
    private ProductId id = Examples.newProductId();
    private String name = "Console";
    private Money price = Examples.PRICE;
    private int pieces = 10;
    private @Nullable Integer maxPerHold;
    private @Nullable Integer maxPerCustomer;
    private @Nullable Instant startsAt;
    private @Nullable Instant endsAt;

    ProductBuilder(Flashsale flashsale) {
        this.flashsale = flashsale;
    }

    public ProductBuilder withId(long number) {
        id = new ProductId(number);
        return this;
    }

    public ProductBuilder named(String text) {
        name = text;
        return this;
    }

    public ProductBuilder priced(Money money) {
        price = money;
        return this;
    }

    public ProductBuilder pieces(int total) {
        pieces = total;
        return this;
    }

    public ProductBuilder atMostPerHold(int most) {
        maxPerHold = most;
        return this;
    }

    public ProductBuilder atMostPerCustomer(int most) {
        maxPerCustomer = most;
        return this;
    }

    /** The sale begins then. */
    public ProductBuilder from(Instant start) {
        startsAt = start;
        return this;
    }

    /** The sale is over then. */
    public ProductBuilder until(Instant end) {
        endsAt = end;
        return this;
    }

    /** Puts it there. */
    public ProductId onSale() {
        SaleRules rules = new SaleRules(maxPerHold, maxPerCustomer, new SaleWindow(startsAt, endsAt));
        PutOutcome outcome = flashsale.products().put(new Product(id, name, price), pieces, rules);
        if (outcome instanceof AdjustOutcome.Adjusted) {
            return id;
        }
        throw Given.notSo("put on sale: " + id, outcome);
    }
}
