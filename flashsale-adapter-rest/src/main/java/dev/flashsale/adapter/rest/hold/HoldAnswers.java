package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldOutcome.AllHeld;
import dev.flashsale.domain.hold.HoldOutcome.InsufficientStock;
import dev.flashsale.domain.hold.HoldOutcome.SoldOut;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What is answered to what became of a hold. */
final class HoldAnswers {

    static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_HOLD);

    private static final Answer SOLD_OUT = Answer.of(Problem.SOLD_OUT);

    private HoldAnswers() {}

    static Answer of(HoldOutcome outcome, HoldRequest request) {
        return switch (outcome) {
            case HoldOutcome.Placed placed ->
                Answer.json(Status.CREATED_201, HoldJson.of(placed)).at("/api/holds/" + placed.holdId());
            case HoldOutcome.UnknownProduct unknown ->
                of(ProblemDocument.of(Problem.UNKNOWN_PRODUCT), unknown.productId(), request);
            case HoldOutcome.MixedCurrencies mixed -> Answer.of(Problem.MIXED_CURRENCIES);
            case HoldOutcome.QuantityTooLarge large -> of(quantityTooLarge(large.limit()), large.productId(), request);
            case HoldOutcome.CustomerRequired required -> of(customerRequired(), required.productId(), request);
            case HoldOutcome.NotOnSale closed -> of(notOnSale(closed), closed.productId(), request);
            case HoldOutcome.LimitReached reached -> of(limitReached(reached), reached.productId(), request);
            case HoldOutcome.LinesShort missing -> Answer.of(linesShort(missing));
            case InsufficientStock some -> Answer.of(insufficientStock(some.available()));
            case AllHeld held -> Answer.of(ProblemDocument.of(Problem.ALL_HELD).after(held.retryAfter()));
            case SoldOut soldOut -> SOLD_OUT;
            case HoldOutcome.IdReused reused -> Answer.of(Problem.HOLD_ID_REUSED);
        };
    }

    static Answer of(Optional<HoldView> view) {
        return view.map(hold -> Answer.ok(HoldJson.of(hold))).orElse(UNKNOWN);
    }

    static Answer of(ReleaseOutcome outcome) {
        return switch (outcome) {
            case ReleaseOutcome.Released released -> Answer.ok(HoldJson.of(released.hold(), HoldStatus.RELEASED));
            case ReleaseOutcome.UnknownHold unknown -> UNKNOWN;
            case ReleaseOutcome.AlreadyOrdered ordered -> Answer.of(Problem.HOLD_ALREADY_ORDERED);
            case ReleaseOutcome.AlreadyExpired expired -> Answer.of(Problem.HOLD_EXPIRED);
        };
    }

    static Answer of(ExtendOutcome outcome) {
        return switch (outcome) {
            case ExtendOutcome.Extended extended -> Answer.ok(HoldJson.of(extended.hold(), extended.extensionsLeft()));
            case ExtendOutcome.NoExtensionsLeft none -> Answer.of(Problem.NO_EXTENSIONS_LEFT);
            case ExtendOutcome.UnknownHold unknown -> UNKNOWN;
            case ExtendOutcome.AlreadyOrdered ordered -> Answer.of(Problem.HOLD_ALREADY_ORDERED);
            case ExtendOutcome.AlreadyReleased released -> Answer.of(Problem.HOLD_RELEASED);
            case ExtendOutcome.AlreadyExpired expired -> Answer.of(Problem.HOLD_EXPIRED);
        };
    }

    /** Of several products it says which one it is about. */
    private static Answer of(ProblemDocument document, ProductId about, HoldRequest request) {
        return Answer.of(request.lines().count() > 1 ? document.with("product_id", about.value()) : document);
    }

    private static ProblemDocument quantityTooLarge(int limit) {
        return ProblemDocument.of(Problem.QUANTITY_TOO_LARGE, "One hold may have " + limit + " at most.")
                .blaming("quantity")
                .with("limit", limit);
    }

    private static ProblemDocument customerRequired() {
        return ProblemDocument.invalid(
                "customer_id", "This product has a limit per customer, so customer_id must be a string.");
    }

    private static ProblemDocument notOnSale(HoldOutcome.NotOnSale closed) {
        SaleWindow window = closed.window();
        String detail =
                closed.retryAfter().isPresent() ? "The sale begins at " + window.startsAt() + "." : "The sale is over.";
        return ProblemDocument.of(Problem.NOT_ON_SALE, detail)
                .with("sale_starts_at", window.startsAt())
                .with("sale_ends_at", window.endsAt())
                .after(closed.retryAfter().orElse(null));
    }

    private static ProblemDocument limitReached(HoldOutcome.LimitReached reached) {
        return ProblemDocument.of(
                        Problem.LIMIT_REACHED,
                        "A customer may have " + reached.limit() + ", and this one has " + reached.taken()
                                + " held, ordered or bought.")
                .with("limit", reached.limit())
                .with("taken", reached.taken());
    }

    private static ProblemDocument insufficientStock(int available) {
        return ProblemDocument.of(Problem.INSUFFICIENT_STOCK, "Only " + available + " can be held now.")
                .with("available_stock", available);
    }

    /** Several products of which some are short; worth trying again if all of these may come back by themselves. */
    private static ProblemDocument linesShort(HoldOutcome.LinesShort missing) {
        Duration last = missing.lines().stream()
                .map(line -> line instanceof AllHeld held ? held.retryAfter() : Duration.ZERO)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return ProblemDocument.of(
                        Problem.INSUFFICIENT_STOCK, "Nothing was held, since there is too little of some products.")
                .with("lines", missing.lines().stream().map(HoldAnswers::line).toList())
                .after(missing.onlyHeld() ? last : null);
    }

    private static Map<String, Object> line(HoldOutcome.Shortage line) {
        return switch (line) {
            case InsufficientStock some -> line(some, Problem.INSUFFICIENT_STOCK, some.available());
            case AllHeld held -> line(held, Problem.ALL_HELD, 0);
            case SoldOut soldOut -> line(soldOut, Problem.SOLD_OUT, 0);
        };
    }

    private static Map<String, Object> line(HoldOutcome.Shortage line, Problem problem, int available) {
        return Map.of("product_id", line.productId().value(), "code", problem.code(), "available_stock", available);
    }
}
