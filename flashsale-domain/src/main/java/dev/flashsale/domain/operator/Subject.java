package dev.flashsale.domain.operator;

/**
 * What something is done to: a product, an order, a conflict or an endpoint, by its number, from 1; or a customer who is forgotten, whom nothing tells
 * from another.
 */
public record Subject(Kind kind, long number) {

    /** A customer. */
    public static final Subject FORGOTTEN = new Subject(Kind.CUSTOMER, 0);

    public enum Kind {
        PRODUCT,
        ORDER,
        /** A report of a payment that contradicts what is known. */
        CONFLICT,
        CUSTOMER,
        /** Where events are sent to. */
        ENDPOINT
    }
}
