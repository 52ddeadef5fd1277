package dev.flashsale.domain.operator;

/** What an operator did. Stored by its name: never rename one. */
public enum Action {
    PRODUCT_CREATED,
    /** Its name, its price or a rule of its sale. */
    PRODUCT_CHANGED,
    STOCK_ADJUSTED,
    SALE_OPENED,
    SALE_CLOSED,
    ORDER_CANCELLED
}
