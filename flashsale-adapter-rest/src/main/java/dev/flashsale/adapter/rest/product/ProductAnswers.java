package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import io.helidon.http.Status;
import java.util.Optional;
import java.util.function.Supplier;

/** What is answered to what became of a product. */
final class ProductAnswers {

    static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_PRODUCT);

    private ProductAnswers() {}

    static Answer of(Optional<ProductView> view) {
        return view.map(product -> Answer.ok(ProductJson.of(product))).orElse(UNKNOWN);
    }

    static Answer created(ProductView view) {
        return Answer.json(Status.CREATED_201, ProductJson.of(view))
                .at("/api/products/" + view.product().id());
    }

    /**
     * The answer to a change.
     *
     * @param ofWindow the field that set the time of the sale
     * @param shown the product as it is afterwards
     */
    static Answer of(ChangeOutcome outcome, String ofWindow, Supplier<Answer> shown) {
        return switch (outcome) {
            case ChangeOutcome.Changed changed -> shown.get();
            case ChangeOutcome.UnknownProduct unknown -> UNKNOWN;
            case ChangeOutcome.CurrencyIsFixed fixed ->
                invalid(
                        ProductFields.CURRENCY,
                        "stays " + fixed.currency()
                                + ", in which its orders are: for another put a new product on sale with POST to"
                                + " /api/products, and retire this one with \"retired\": true");
            case ChangeOutcome.InvalidPrice invalid -> invalid(ProductFields.PRICE, invalid.rule());
            case ChangeOutcome.InvalidWindow invalid ->
                invalid(
                        ofWindow,
                        ofWindow.equals(ProductFields.SALE_ENDS_AT)
                                ? "must be after the start of the sale"
                                : "must be before the end of the sale");
        };
    }

    static Answer of(AdjustOutcome outcome, Supplier<Answer> shown) {
        return switch (outcome) {
            case AdjustOutcome.UnknownProduct unknown -> UNKNOWN;
            case AdjustOutcome.Adjusted adjusted -> shown.get();
            case AdjustOutcome.BelowTaken taken ->
                Answer.of(ProblemDocument.of(
                                Problem.STOCK_BELOW_TAKEN,
                                "The stock can be " + taken.smallestTotal()
                                        + " now at the least: as much is held, ordered and sold.")
                        .blaming(ProductFields.STOCK)
                        .with("smallest_stock", taken.smallestTotal()));
        };
    }

    static Answer of(WindowOutcome outcome, Supplier<Answer> shown) {
        return switch (outcome) {
            case WindowOutcome.Set set -> shown.get();
            case WindowOutcome.UnknownProduct unknown -> UNKNOWN;
        };
    }

    private static Answer invalid(String field, String rule) {
        return Answer.of(ProblemDocument.invalid(field, field + " " + rule + "."));
    }
}
