package dev.flashsale.adapter.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One answer of RFC 9457.
 *
 * @param detail what happened this time, for people; without internals and without what the client sent
 * @param field the field to blame
 * @param availableStock what could be had instead
 * @param incident under which the server's log has more
 * @param retryAfter when asking again may help
 */
record ProblemDocument(
        Problem problem,
        String detail,
        @Nullable String field,
        @Nullable Integer availableStock,
        @Nullable String incident,
        @Nullable Duration retryAfter) {

    static ProblemDocument of(Problem problem, String detail) {
        return new ProblemDocument(problem, detail, null, null, null, null);
    }

    static ProblemDocument blaming(String field, Problem problem, String detail) {
        return new ProblemDocument(problem, detail, field, null, null, null);
    }

    static ProblemDocument retryable(Problem problem, String detail, Duration retryAfter) {
        return new ProblemDocument(problem, detail, null, null, null, retryAfter);
    }

    static ProblemDocument insufficientStock(int available) {
        return new ProblemDocument(
                Problem.INSUFFICIENT_STOCK, "Only " + available + " can be held now.", null, available, null, null);
    }

    static ProblemDocument internalError(String incident) {
        return new ProblemDocument(
                Problem.INTERNAL_ERROR,
                "Something failed that should not. The server's log has more under this incident.",
                null,
                null,
                incident,
                null);
    }

    /** Whole seconds for {@code Retry-After}, rounded up, at least 1. */
    static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }
}
