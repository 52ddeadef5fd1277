package dev.flashsale.app.cli;

import dev.flashsale.app.Problem;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Stock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "seed",
        description =
                "Puts a product on sale, or changes it, its total and its rules. What is held, ordered or sold stays so.")
final class SeedCommand extends FlashsaleCommand {

    @Option(names = "--product-id", paramLabel = "ID", required = true, description = "1 or more.")
    private long productId;

    @Option(
            names = "--stock",
            paramLabel = "PIECES",
            required = true,
            description = "Pieces on sale in all, those held, ordered and sold included.")
    private int stock;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "Product", description = "Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Option(
            names = "--price",
            paramLabel = "AMOUNT",
            defaultValue = "10.00",
            description = "Of one piece. Default: ${DEFAULT-VALUE}.")
    private BigDecimal price = BigDecimal.ZERO;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            description = "A code of ISO 4217. Default: ${DEFAULT-VALUE}.")
    private Currency currency = Currency.getInstance("EUR");

    @Option(names = "--max-per-hold", paramLabel = "PIECES", description = "In one hold, at most. Default: no limit.")
    private @Nullable Integer maxPerHold;

    @Option(
            names = "--max-per-customer",
            paramLabel = "PIECES",
            description = "Held, ordered and bought by one customer, at most; holds must then name their customer."
                    + " Default: no limit.")
    private @Nullable Integer maxPerCustomer;

    @Option(
            names = "--sale-starts-at",
            paramLabel = "MOMENT",
            description = "Such as 2026-11-27T08:00:00Z. Default: it has begun.")
    private @Nullable Instant saleStartsAt;

    @Option(names = "--sale-ends-at", paramLabel = "MOMENT", description = "Exclusive. Default: it has no end.")
    private @Nullable Instant saleEndsAt;

    @Override
    public Integer call() {
        Product product = product();
        SaleRules rules = rules();
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            switch (flashsale.flashsale().products().put(product, stock, rules)) {
                case AdjustOutcome.Adjusted adjusted ->
                    out().println("On sale: product " + product.id() + ", " + product.name() + ", at " + product.price()
                            + ", " + adjusted.stock().total() + " pieces, "
                            + adjusted.stock().available() + " of them available");
                case PutOutcome.CurrencyIsFixed fixed ->
                    throw new Problem("Nothing was changed: product " + product.id() + " is sold in "
                            + fixed.currency() + ", and its orders are: use --currency " + fixed.currency()
                            + " or another --product-id");
                case AdjustOutcome.BelowTaken taken ->
                    throw new Problem("Nothing was changed: of product " + product.id() + " "
                            + taken.smallestTotal() + " pieces are held, ordered or sold, so --stock must be "
                            + taken.smallestTotal() + " or more");
            }
            return DONE;
        }
    }

    private SaleRules rules() {
        String pieces = "a whole number of 1 or more";
        String moment = "a moment from 1970 to 9999, such as 2026-11-27T08:00:00Z";
        SaleRules perHold = allowed("--max-per-hold", pieces, () -> new SaleRules(maxPerHold, null, SaleWindow.ALWAYS));
        SaleRules perCustomer =
                allowed("--max-per-customer", pieces, () -> new SaleRules(null, maxPerCustomer, SaleWindow.ALWAYS));
        SaleWindow start = allowed("--sale-starts-at", moment, () -> new SaleWindow(saleStartsAt, null));
        SaleWindow end = allowed("--sale-ends-at", moment, () -> new SaleWindow(null, saleEndsAt));
        SaleWindow window = allowed(
                "--sale-ends-at",
                "a moment after --sale-starts-at",
                () -> new SaleWindow(start.startsAt(), end.endsAt()));
        return new SaleRules(perHold.maxPerHold(), perCustomer.maxPerCustomer(), window);
    }

    private Product product() {
        ProductId id = allowed("--product-id", "a whole number of 1 or more", () -> new ProductId(productId));
        Stock possible =
                allowed("--stock", "a whole number from 0 to " + Stock.MAX_TOTAL, () -> Stock.untouched(id, stock));
        String named = allowed(
                "--name",
                "1 to " + Product.NAME_MAX_LENGTH + " characters, not blank and none of them a control character",
                () -> Product.validName(name));
        Money priced = allowed(
                "--price",
                "an amount from 0 to below 1000000000 with at most " + Math.max(0, currency.getDefaultFractionDigits())
                        + " decimals in " + currency,
                () -> Product.validPrice(new Money(price, currency)));
        return new Product(possible.productId(), named, priced);
    }
}
