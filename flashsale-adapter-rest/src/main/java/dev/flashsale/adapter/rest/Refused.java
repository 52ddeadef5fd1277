package dev.flashsale.adapter.rest;

/** The request cannot be made into a call of a use case. Carries its answer. */
final class Refused extends RuntimeException {

    private final ProblemDocument document;

    Refused(ProblemDocument document) {
        super(document.detail(), null, false, false);
        this.document = document;
    }

    ProblemDocument document() {
        return document;
    }
}
