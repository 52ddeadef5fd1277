package dev.flashsale.domain.operator;

/** What something is done to: a product or an order, by its number. Both are numbered from 1. */
public record Subject(Kind kind, long number) {

    public enum Kind {
        PRODUCT,
        ORDER
    }
}
