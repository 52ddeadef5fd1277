package dev.flashsale.adapter.rest.order;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.IdempotencyKeys;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.adapter.rest.value.MomentText;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Orders;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/orders}. Order numbers are sequential, so an order is shown to who knows its hold, or to an operator. */
public final class OrderRoutes {

    private static final String HOLD_ID = "hold_id";
    private static final Set<String> FIELDS = Set.of(HOLD_ID);
    private static final Set<String> OF_DEADLINE =
            Set.of(OrderAnswers.PAYMENT_DEADLINE, OperatorToken.REASON, OperatorToken.OPERATOR);

    private final Orders orders;
    private final Lists lists;
    private final Function<Cause, Operator> operator;
    private final AdmissionLimits places;
    private final OperatorToken operators;

    public OrderRoutes(
            Orders orders,
            Lists lists,
            Function<Cause, Operator> operator,
            AdmissionLimits places,
            OperatorToken operators) {
        this.orders = orders;
        this.lists = lists;
        this.operator = operator;
        this.places = places;
        this.operators = operators;
    }

    public Answer place(Request request) {
        HoldId holdId = request.json(FIELDS).string(HOLD_ID, OrderRoutes::holdId);
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        return key.isEmpty()
                ? OrderAnswers.of(places.sales().admit(() -> orders.place(holdId)))
                : IdempotencyKeys.answer(places.sales().admit(() -> orders.place(holdId, key.get())), OrderAnswers::of);
    }

    public Answer view(Request request) {
        Optional<HoldId> holdId = request.query(HOLD_ID).flatMap(Ids::hold);
        boolean operator = operators.isShownBy(request);
        Optional<OrderView> order = operator || holdId.isPresent()
                ? Ids.order(request.id())
                        .flatMap(id -> places.sales().admit(() -> orders.view(id)))
                        .filter(found ->
                                operator || holdId.get().equals(found.order().holdId()))
                : Optional.empty();
        return OrderAnswers.of(order);
    }

    public Answer cancel(Request request) {
        Cause cause = operators.cause(request, request.onlyJson(OperatorToken.CAUSE));
        return Ids.order(request.id())
                .map(id -> OrderAnswers.of(operator.apply(cause).cancel(id), () -> shown(id)))
                .orElse(OrderAnswers.UNKNOWN);
    }

    public Answer extend(Request request) {
        JsonBody body = request.onlyJson(OF_DEADLINE);
        Instant deadline = body.string(OrderAnswers.PAYMENT_DEADLINE, MomentText::moment);
        Cause cause = operators.cause(request, body);
        return Ids.order(request.id())
                .map(id -> OrderAnswers.of(operator.apply(cause).extend(id, deadline), () -> shown(id)))
                .orElse(OrderAnswers.UNKNOWN);
    }

    public Answer accept(Request request) {
        Cause cause = operators.cause(request, request.onlyJson(OperatorToken.CAUSE));
        return Ids.order(request.id())
                .map(id -> OrderAnswers.of(operator.apply(cause).accept(id), () -> shown(id)))
                .orElse(OrderAnswers.UNKNOWN);
    }

    private Answer shown(OrderId id) {
        return OrderAnswers.of(orders.view(id));
    }

    /**
     * For operators: all, or those of a product in a status, or all of a customer. Nothing in between lies together in the
     * database.
     */
    public Answer list(Request request) {
        Optional<CustomerId> customer = Pages.onlyCustomer(request);
        if (customer.isPresent()) {
            return Pages.answer(
                    request,
                    Cursor.CUSTOMERS_POSITION,
                    (after, size) -> places.reads().admit(() -> lists.orders(customer.get(), after, size)),
                    OrderJson::write);
        }
        if (request.query(Pages.PRODUCT_ID).isEmpty()
                && request.query(Pages.STATUS).isEmpty()) {
            return Pages.answer(
                    request,
                    Cursor.ORDER,
                    (after, size) -> places.reads().admit(() -> lists.allOrders(after, size)),
                    OrderJson::write);
        }
        OrderStatus status = Pages.requiredStatus(request, OrderStatus.values());
        ProductId product = Pages.requiredProduct(request);
        return Pages.answer(
                request,
                Cursor.ORDER_POSITION,
                (after, size) -> places.reads().admit(() -> lists.orders(product, status, after, size)),
                OrderJson::write);
    }

    private static HoldId holdId(String text) {
        return Ids.hold(text)
                .orElseThrow(
                        () -> new InvalidValue(HOLD_ID, "must be a UUID such as 019a8f0e-5c1b-7c3e-9d2f-0123456789ab"));
    }
}
