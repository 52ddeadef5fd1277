package dev.flashsale.domain.product;

/** Whether a product is sold at some moment. */
public enum SaleState {
    UPCOMING,
    OPEN,
    OVER
}
