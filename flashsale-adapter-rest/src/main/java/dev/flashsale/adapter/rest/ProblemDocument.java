package dev.flashsale.adapter.rest;

import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One answer of RFC 9457.
 *
 * @param detail what happened this time, for people; without internals and without what the client sent
 * @param field the field to blame
 * @param facts what a program may want to know of it, by the names of their members: integers, words, moments, and lists
 *     of such by name
 * @param incident under which the server's log has more
 * @param retryAfter when asking again may help
 */
record ProblemDocument(
        Problem problem,
        String detail,
        @Nullable String field,
        Map<String, Object> facts,
        @Nullable String incident,
        @Nullable Duration retryAfter) {

    static ProblemDocument of(Problem problem, String detail) {
        return new ProblemDocument(problem, detail, null, Map.of(), null, null);
    }

    static ProblemDocument blaming(String field, Problem problem, String detail) {
        return new ProblemDocument(problem, detail, field, Map.of(), null, null);
    }

    static ProblemDocument retryable(Problem problem, String detail, Duration retryAfter) {
        return new ProblemDocument(problem, detail, null, Map.of(), null, retryAfter);
    }

    static ProblemDocument insufficientStock(int available) {
        return new ProblemDocument(
                Problem.INSUFFICIENT_STOCK,
                "Only " + available + " can be held now.",
                null,
                Map.of("available_stock", available),
                null,
                null);
    }

    /** Several products of which some are short; worth trying again if all of these may come back by themselves. */
    static ProblemDocument linesShort(HoldOutcome.LinesShort missing) {
        Duration last = missing.lines().stream()
                .map(line -> line instanceof HoldOutcome.AllHeld held ? held.retryAfter() : Duration.ZERO)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new ProblemDocument(
                Problem.INSUFFICIENT_STOCK,
                "Nothing was held, since there is too little of some products.",
                null,
                Map.of(
                        "lines",
                        missing.lines().stream().map(ProblemDocument::line).toList()),
                null,
                missing.onlyHeld() ? last : null);
    }

    private static Map<String, Object> line(HoldOutcome.Shortage line) {
        long productId = line.productId().value();
        return switch (line) {
            case HoldOutcome.InsufficientStock some -> line(productId, Problem.INSUFFICIENT_STOCK, some.available());
            case HoldOutcome.AllHeld held -> line(productId, Problem.ALL_HELD, 0);
            case HoldOutcome.SoldOut soldOut -> line(productId, Problem.SOLD_OUT, 0);
        };
    }

    private static Map<String, Object> line(long productId, Problem problem, int available) {
        return Map.of("product_id", productId, "code", problem.code(), "available_stock", available);
    }

    /** The same, saying which product it is about. */
    ProblemDocument about(ProductId productId) {
        Map<String, Object> more = new TreeMap<>(facts);
        more.put("product_id", productId.value());
        return new ProblemDocument(problem, detail, field, more, incident, retryAfter);
    }

    static ProblemDocument quantityTooLarge(int limit) {
        return new ProblemDocument(
                Problem.QUANTITY_TOO_LARGE,
                "One hold may have " + limit + " at most.",
                "quantity",
                Map.of("limit", limit),
                null,
                null);
    }

    static ProblemDocument limitReached(int limit, int taken) {
        return new ProblemDocument(
                Problem.LIMIT_REACHED,
                "A customer may have " + limit + ", and this one has " + taken + " held, ordered or bought.",
                null,
                Map.of("limit", limit, "taken", taken),
                null,
                null);
    }

    static ProblemDocument stockBelowTaken(int smallest) {
        return new ProblemDocument(
                Problem.STOCK_BELOW_TAKEN,
                "The stock can be " + smallest + " now at the least: as much is held, ordered and sold.",
                "stock",
                Map.of("smallest_stock", smallest),
                null,
                null);
    }

    /** @param policy as in the header RateLimit */
    static ProblemDocument rateLimited(String policy, Duration retryAfter) {
        return new ProblemDocument(
                Problem.RATE_LIMITED,
                "New holds were asked for too often, by the limit of the " + policy + ". Ask again later.",
                null,
                Map.of("policy", policy),
                null,
                retryAfter);
    }

    static ProblemDocument notOnSale(SaleWindow window, Optional<Duration> opensIn) {
        Map<String, Object> facts = new TreeMap<>();
        if (window.startsAt() != null) {
            facts.put("sale_starts_at", window.startsAt());
        }
        if (window.endsAt() != null) {
            facts.put("sale_ends_at", window.endsAt());
        }
        String detail = opensIn.isPresent() ? "The sale begins at " + window.startsAt() + "." : "The sale is over.";
        return new ProblemDocument(Problem.NOT_ON_SALE, detail, null, facts, null, opensIn.orElse(null));
    }

    /** Whether the same request may succeed later. */
    boolean retryable() {
        return problem.retryable() || retryAfter != null;
    }

    static ProblemDocument internalError(String incident) {
        return new ProblemDocument(
                Problem.INTERNAL_ERROR,
                "Something failed that should not. The server's log has more under this incident.",
                null,
                Map.of(),
                incident,
                null);
    }

    /** Whole seconds for {@code Retry-After}, rounded up, at least 1. */
    static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }
}
