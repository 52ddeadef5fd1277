package dev.flashsale.domain.product;

/** What became of a wish to open or close a product's sale. */
public sealed interface WindowOutcome {

    /** The window of the sale from now on, changed by this call or by an earlier one. */
    record Set(SaleWindow window) implements WindowOutcome {}

    /** There is no such product. */
    record UnknownProduct(ProductId productId) implements WindowOutcome {}
}
