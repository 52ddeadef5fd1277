package dev.flashsale.adapter.rest;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;

/** {@code /api/orders}. Order numbers are sequential, so an order is shown to who knows its hold, or to an operator. */
final class Orders {

    private static final String HOLD_ID = "hold_id";
    private static final Set<String> FIELDS = Set.of(HOLD_ID);

    private static final Set<String> CAUSE = Set.of(OperatorToken.REASON, OperatorToken.OPERATOR);

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    Orders(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void place(ServerRequest request, ServerResponse response) {
        HoldId holdId = RequestBody.json(request, FIELDS).string(HOLD_ID, Orders::holdId);
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        if (key.isEmpty()) {
            answer(request, response, useCases.placeOrder().place(holdId));
        } else {
            IdempotencyKeys.reply(
                    request,
                    response,
                    useCases.placeOrderOnce().place(holdId, key.get()),
                    outcome -> answer(request, response, outcome));
        }
    }

    private static void answer(ServerRequest request, ServerResponse response, OrderOutcome outcome) {
        switch (outcome) {
            case OrderOutcome.Placed placed -> placed(request, response, Status.CREATED_201, placed.order());
            case OrderOutcome.AlreadyPlaced known -> placed(request, response, Status.OK_200, known.order());
            case OrderOutcome.UnknownHold unknown -> Reply.problem(request, response, Holds.unknown());
            case OrderOutcome.HoldExpired expired -> Reply.problem(request, response, Holds.expired());
            case OrderOutcome.HoldReleased released -> Reply.problem(request, response, Holds.released());
            case OrderOutcome.MixedCurrencies mixed -> Reply.problem(request, response, Holds.mixedCurrencies());
        }
    }

    /** Never tells an order that does not exist from one that is not for the caller. */
    void view(ServerRequest request, ServerResponse response) {
        Optional<HoldId> holdId = request.query().first(HOLD_ID).asOptional().flatMap(Ids::hold);
        boolean operator = operatorToken.isShownBy(request);
        Optional<Order> order = operator || holdId.isPresent()
                ? Ids.order(request)
                        .flatMap(useCases.viewOrder()::view)
                        .filter(found -> operator || holdId.get().equals(found.holdId()))
                : Optional.empty();
        if (order.isPresent()) {
            Reply.json(request, response, Status.OK_200, Representation.of(order.get()));
        } else {
            Reply.problem(
                    request,
                    response,
                    ProblemDocument.of(
                            Problem.UNKNOWN_ORDER, "No order has this id, or hold_id is not the hold it was made of."));
        }
    }

    void cancel(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        JsonBody body = RequestBody.json(request, CAUSE);
        Cause cause = operatorToken.cause(request, body);
        Optional<OrderId> id = Ids.order(request);
        if (id.isEmpty()) {
            Reply.problem(request, response, unknown());
            return;
        }
        switch (useCases.cancelOrder().cancel(id.get(), cause)) {
            case CancelOutcome.Cancelled cancelled ->
                Reply.json(request, response, Status.OK_200, Representation.of(cancelled.order()));
            case CancelOutcome.UnknownOrder unknown -> Reply.problem(request, response, unknown());
            case CancelOutcome.AlreadyPaid paid ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(
                                Problem.ORDER_PAID, "What is paid is not cancelled without giving the money back."));
            case CancelOutcome.AlreadyOver over ->
                Reply.problem(
                        request, response, ProblemDocument.of(Problem.ORDER_OVER, "Its pieces return by themselves."));
        }
    }

    private static ProblemDocument unknown() {
        return ProblemDocument.of(Problem.UNKNOWN_ORDER, "No order has this id.");
    }

    private static void placed(ServerRequest request, ServerResponse response, Status status, Order order) {
        response.header(HeaderNames.LOCATION, "/api/orders/" + order.id() + "?hold_id=" + order.holdId());
        Reply.json(request, response, status, Representation.of(order));
    }

    private static HoldId holdId(String text) {
        return Ids.hold(text)
                .orElseThrow(() -> new IllegalArgumentException("hold_id must be a UUID in its canonical form"));
    }
}
