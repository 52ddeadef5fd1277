package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/holds}. */
final class Holds {

    private static final String PRODUCT_ID = "product_id";
    private static final String QUANTITY = "quantity";
    private static final String ITEMS = "items";
    private static final Set<String> FIELDS = Set.of(PRODUCT_ID, QUANTITY, ITEMS, "customer_id");

    private final UseCases useCases;
    private final HoldLimits limits;

    Holds(UseCases useCases, HoldLimits limits) {
        this.useCases = useCases;
        this.limits = limits;
    }

    void place(ServerRequest request, ServerResponse response) {
        JsonBody body = RequestBody.json(request, FIELDS);
        HoldRequest wish = wish(body);
        limits.count(wish.customerId(), response);
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        if (key.isEmpty()) {
            answer(request, response, wish, useCases.placeHold().place(wish));
        } else {
            IdempotencyKeys.reply(
                    request,
                    response,
                    useCases.placeHoldOnce().place(wish, key.get()),
                    outcome -> answer(request, response, wish, outcome));
        }
    }

    private static void answer(ServerRequest request, ServerResponse response, HoldRequest wish, HoldOutcome outcome) {
        switch (outcome) {
            case HoldOutcome.Placed placed -> {
                response.header(HeaderNames.LOCATION, "/api/holds/" + placed.holdId());
                Reply.json(request, response, Status.CREATED_201, Representation.of(placed));
            }
            case HoldOutcome.UnknownProduct unknown ->
                Reply.problem(request, response, about(unknown.productId(), wish, Products.unknown()));
            case HoldOutcome.MixedCurrencies mixed -> Reply.problem(request, response, mixedCurrencies());
            case HoldOutcome.QuantityTooLarge large ->
                Reply.problem(
                        request,
                        response,
                        about(large.productId(), wish, ProblemDocument.quantityTooLarge(large.limit())));
            case HoldOutcome.CustomerRequired required ->
                Reply.problem(
                        request,
                        response,
                        about(
                                required.productId(),
                                wish,
                                ProblemDocument.blaming(
                                        "customer_id",
                                        Problem.INVALID_FIELD,
                                        "This product has a limit per customer, so customer_id must be a string.")));
            case HoldOutcome.NotOnSale closed ->
                Reply.problem(
                        request,
                        response,
                        about(
                                closed.productId(),
                                wish,
                                ProblemDocument.notOnSale(closed.window(), closed.retryAfter())));
            case HoldOutcome.LimitReached reached ->
                Reply.problem(
                        request,
                        response,
                        about(
                                reached.productId(),
                                wish,
                                ProblemDocument.limitReached(reached.limit(), reached.taken())));
            case HoldOutcome.LinesShort missing ->
                Reply.problem(request, response, ProblemDocument.linesShort(missing));
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
                                Problem.HOLD_ID_REUSED,
                                "Another product, quantity or customer was held under this id."));
        }
    }

    private HoldRequest wish(JsonBody body) {
        Optional<List<JsonBody>> several = body.optionalObjects(ITEMS);
        if (several.isPresent() && (body.has(PRODUCT_ID) || body.has(QUANTITY))) {
            throw JsonBody.invalid(ITEMS, "With items there must be no product_id and no quantity beside them.");
        }
        List<Item> items =
                several.map(all -> all.stream().map(Holds::item).toList()).orElseGet(() -> List.of(item(body)));
        CustomerId customerId =
                body.optionalString("customer_id", CustomerId::new).orElse(null);
        HoldId id = useCases.newHoldId().get();
        if (several.isEmpty()) {
            Item item = items.getFirst();
            return new HoldRequest(id, item.productId(), item.quantity(), customerId);
        }
        try {
            return HoldRequest.of(id, items, customerId);
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid(ITEMS, e.getMessage() + ".");
        }
    }

    private static Item item(JsonBody body) {
        ProductId productId = body.integer(PRODUCT_ID, ProductId::new);
        return new Item(productId, body.integer(QUANTITY, Holds::quantity));
    }

    /** Of several products the one that it is about. */
    private static ProblemDocument about(ProductId productId, HoldRequest wish, ProblemDocument document) {
        return wish.ofSeveral() ? document.about(productId) : document;
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
            case ReleaseOutcome.AlreadyOrdered ordered -> Reply.problem(request, response, alreadyOrdered());
            case ReleaseOutcome.AlreadyExpired expired -> Reply.problem(request, response, expired());
        }
    }

    void extend(ServerRequest request, ServerResponse response) {
        Optional<HoldId> id = Ids.hold(request);
        if (id.isEmpty()) {
            Reply.problem(request, response, unknown());
            return;
        }
        switch (useCases.extendHold().extend(id.get())) {
            case ExtendOutcome.Extended extended ->
                Reply.json(request, response, Status.OK_200, Representation.of(extended.hold(), HoldStatus.ACTIVE));
            case ExtendOutcome.UnknownHold unknown -> Reply.problem(request, response, unknown());
            case ExtendOutcome.AlreadyOrdered ordered -> Reply.problem(request, response, alreadyOrdered());
            case ExtendOutcome.AlreadyReleased released -> Reply.problem(request, response, released());
            case ExtendOutcome.AlreadyExpired expired -> Reply.problem(request, response, expired());
        }
    }

    private static ProblemDocument alreadyOrdered() {
        return ProblemDocument.of(Problem.HOLD_ALREADY_ORDERED, "Its pieces are in an order.");
    }

    static ProblemDocument mixedCurrencies() {
        return ProblemDocument.of(Problem.MIXED_CURRENCIES, "An order has one amount, in one currency.");
    }

    static ProblemDocument released() {
        return ProblemDocument.of(Problem.HOLD_RELEASED, "Its pieces were given back.");
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
