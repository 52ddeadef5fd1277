package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewHold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;

/** {@code /api/holds}. */
final class Holds {

    private static final Set<String> FIELDS = Set.of("product_id", "quantity");

    private final UseCases useCases;

    Holds(UseCases useCases) {
        this.useCases = useCases;
    }

    void place(ServerRequest request, ServerResponse response) {
        JsonBody body = RequestBody.json(request, FIELDS);
        ProductId productId = body.integer("product_id", ProductId::new);
        Quantity quantity = body.integer("quantity", Holds::quantity);
        HoldRequest wish = new HoldRequest(useCases.newHoldId().get(), productId, quantity);
        switch (useCases.placeHold().place(wish)) {
            case HoldOutcome.Placed placed -> {
                response.header(HeaderNames.LOCATION, "/api/holds/" + placed.holdId());
                Reply.json(request, response, Status.CREATED_201, Representation.of(placed));
            }
            case HoldOutcome.UnknownProduct unknown -> Reply.problem(request, response, Products.unknown());
            case HoldOutcome.InsufficientStock some ->
                Reply.problem(request, response, ProblemDocument.insufficientStock(some.available()));
            case HoldOutcome.AllHeld held ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.retryable(
                                Problem.ALL_HELD,
                                "Nothing is available now, but what others hold may come back.",
                                held.retryAfter()));
            case HoldOutcome.SoldOut soldOut ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(Problem.SOLD_OUT, "Nothing is available and nothing is held."));
            case HoldOutcome.IdReused reused ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(
                                Problem.HOLD_ID_REUSED, "Another product or quantity was held under this id."));
        }
    }

    void view(ServerRequest request, ServerResponse response) {
        Optional<ViewHold.View> view = Ids.hold(request).flatMap(useCases.viewHold()::view);
        if (view.isPresent()) {
            Reply.json(request, response, Status.OK_200, Representation.of(view.get()));
        } else {
            Reply.problem(request, response, unknown());
        }
    }

    void release(ServerRequest request, ServerResponse response) {
        Optional<HoldId> id = Ids.hold(request);
        if (id.isEmpty()) {
            Reply.problem(request, response, unknown());
            return;
        }
        switch (useCases.releaseHold().release(id.get())) {
            case ReleaseOutcome.Released released ->
                Reply.json(request, response, Status.OK_200, Representation.of(released.hold(), HoldStatus.RELEASED));
            case ReleaseOutcome.UnknownHold unknown -> Reply.problem(request, response, unknown());
            case ReleaseOutcome.AlreadyOrdered ordered ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(Problem.HOLD_ALREADY_ORDERED, "Its pieces are in an order."));
            case ReleaseOutcome.AlreadyExpired expired -> Reply.problem(request, response, expired());
        }
    }

    static ProblemDocument unknown() {
        return ProblemDocument.of(Problem.UNKNOWN_HOLD, "No hold has this id.");
    }

    static ProblemDocument expired() {
        return ProblemDocument.of(Problem.HOLD_EXPIRED, "Its time is over; its pieces are available to others.");
    }

    private static Quantity quantity(long value) {
        return new Quantity(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
