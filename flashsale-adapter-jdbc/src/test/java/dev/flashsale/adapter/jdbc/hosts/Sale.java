package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The products of one run: some hot ones, one that is soon sold out, one with a limit per customer, one of which every
 * hold is rolled back, and one for each buyer that nobody else touches.
 *
 * @param first id of the first product
 */
record Sale(long first, int buyers) {

    static final int PLENTY = 10_000_000;
    static final int QUIET_TOTAL = 10;
    static final int LIMIT = 2;

    private static final int HOT = 6;
    private static final int SCARCE_TOTAL = 300;
    private static final int CUSTOMERS = 300;

    /** Of the products of the runs before, none. */
    static Sale number(int run, int buyers) {
        return new Sale(run * 1000L, buyers);
    }

    void open(Flashsale flashsale) {
        for (int hot = 0; hot < HOT; hot++) {
            put(flashsale, hot(hot), PLENTY, SaleRules.NONE);
        }
        put(flashsale, scarce(), SCARCE_TOTAL, SaleRules.NONE);
        put(flashsale, limited(), PLENTY, new SaleRules(null, LIMIT, SaleWindow.ALWAYS));
        put(flashsale, quiet(), QUIET_TOTAL, SaleRules.NONE);
        for (int buyer = 0; buyer < buyers; buyer++) {
            put(flashsale, ownOf(buyer), PLENTY, SaleRules.NONE);
        }
    }

    private static void put(Flashsale flashsale, ProductId id, int total, SaleRules rules) {
        Object unused = flashsale
                .products()
                .put(new Product(id, "Product " + id.value(), Money.of("10.00", "EUR")), total, rules);
    }

    /** Somebody's wish, mostly for one hot product. */
    HoldRequest wish(HoldId id, SplittableRandom random) {
        Quantity quantity = new Quantity(random.nextInt(1, 3));
        int choice = random.nextInt(20);
        if (choice == 0) {
            List<Item> items = List.of(
                    new Item(hot(random.nextInt(HOT)), quantity), new Item(hot(random.nextInt(HOT)), new Quantity(1)));
            return new HoldRequest(id, Lines.of(items), null);
        }
        if (choice <= 2) {
            return new HoldRequest(id, scarce(), quantity);
        }
        if (choice <= 5) {
            return new HoldRequest(
                    id, limited(), new Quantity(1), new CustomerId("customer-" + random.nextInt(CUSTOMERS)));
        }
        return new HoldRequest(id, hot(random.nextInt(HOT)), quantity);
    }

    ProductId limited() {
        return new ProductId(first + HOT + 2);
    }

    ProductId quiet() {
        return new ProductId(first + HOT + 3);
    }

    ProductId ownOf(int buyer) {
        return new ProductId(first + HOT + 4 + buyer);
    }

    private ProductId hot(int number) {
        return new ProductId(first + 1 + number);
    }

    private ProductId scarce() {
        return new ProductId(first + HOT + 1);
    }
}
