package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.application.CountedHold;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is answered to what became of a hold. */
final class HoldAnswers {

    static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_HOLD);

    private static final Answer SOLD_OUT = Answer.of(Problem.SOLD_OUT);

    private HoldAnswers() {}

    static Answer of(HoldOutcome outcome, HoldRequest request) {
        return of(outcome, request.lines().count() > 1);
    }

    private static Answer of(HoldOutcome outcome, boolean ofSeveral) {
        return switch (outcome) {
            case HoldOutcome.Placed placed ->
                Answer.json(Status.CREATED_201, HoldJson.of(placed)).at("/api/holds/" + placed.holdId());
            case HoldOutcome.AlreadyHeld held -> Answer.ok(HoldJson.of(held));
            case HoldOutcome.UnknownProduct unknown ->
                of(ProblemDocument.of(Problem.UNKNOWN_PRODUCT), unknown.productId(), ofSeveral);
            case HoldOutcome.MixedCurrencies mixed -> Answer.of(Problem.MIXED_CURRENCIES);
            case HoldOutcome.QuantityTooLarge large ->
                of(quantityTooLarge(large.limit()), large.productId(), ofSeveral);
            case HoldOutcome.CustomerRequired required -> of(customerRequired(), required.productId(), ofSeveral);
            case HoldOutcome.NotOnSale closed -> of(notOnSale(closed), closed.productId(), ofSeveral);
            case HoldOutcome.LimitReached reached -> of(limitReached(reached), reached.productId(), ofSeveral);
            case HoldOutcome.LinesShort missing -> Answer.of(linesShort(missing));
            case InsufficientStock some -> Answer.of(insufficientStock(some.available()));
            case AllHeld held -> Answer.of(ProblemDocument.of(Problem.ALL_HELD).after(held.retryAfter()));
            case SoldOut soldOut -> SOLD_OUT;
            case HoldOutcome.IdReused reused -> Answer.of(Problem.HOLD_ID_REUSED);
        };
    }

    /** For who may see which holds and orders count. */
    static Answer of(HoldOutcome.LimitReached reached, HoldRequest request, List<CountedHold> counted) {
        return of(
                limitReached(reached)
                        .with(
                                "counted",
                                counted.stream().map(HoldAnswers::counted).toList()),
                reached.productId(),
                request.lines().count() > 1);
    }

    private static Map<String, Object> counted(CountedHold hold) {
        Map<String, Object> shown = new TreeMap<>();
        shown.put("hold_id", hold.holdId().toString());
        shown.put("quantity", hold.quantity().value());
        hold.orderId().ifPresent(id -> shown.put("order_id", id.value()));
        return shown;
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

    static Answer of(HoldChangeOutcome outcome, ChangeRequest request) {
        return switch (outcome) {
            case HoldChangeOutcome.Changed changed -> Answer.ok(HoldJson.of(changed.hold(), changed.extensionsLeft()));
            case HoldChangeOutcome.Refused(HoldId ignored, HoldOutcome.CustomerRequired required) ->
                of(withoutCustomer(), required.productId(), isOfSeveral(request));
            case HoldChangeOutcome.Refused refused -> of(refused.why(), isOfSeveral(request));
            case HoldChangeOutcome.LinesRequired required ->
                Answer.of(ProblemDocument.invalid(
                        "quantity", "This hold is of several products, so items must say all that it shall be of."));
            case HoldChangeOutcome.UnknownHold unknown -> UNKNOWN;
            case HoldChangeOutcome.AlreadyOrdered ordered -> Answer.of(Problem.HOLD_ALREADY_ORDERED);
            case HoldChangeOutcome.AlreadyReleased released -> Answer.of(Problem.HOLD_RELEASED);
            case HoldChangeOutcome.AlreadyExpired expired -> Answer.of(Problem.HOLD_EXPIRED);
        };
    }

    private static boolean isOfSeveral(ChangeRequest request) {
        return request.lines() != null && request.lines().count() > 1;
    }

    /** Of several products it says which one it is about. */
    private static Answer of(ProblemDocument document, ProductId about, boolean ofSeveral) {
        return Answer.of(ofSeveral ? document.with("product_id", about.value()) : document);
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

    private static ProblemDocument withoutCustomer() {
        return ProblemDocument.invalid(
                "customer_id", "This product has a limit per customer, and the hold was placed without customer_id.");
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
