package dev.flashsale.domain.operator;

/** What something is done to, by its number. All are numbered from 1. */
public record Subject(Kind kind, long number) {

    public enum Kind {
        PRODUCT,
        ORDER,
        /** A report of a payment that contradicts what is known. */
        CONFLICT
    }
}
