package dev.flashsale.adapter.rest.order;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.application.OrderView;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.AcceptOutcome;
import io.helidon.http.Status;
import java.util.Optional;
import java.util.function.Supplier;

/** What is answered to what became of an order. */
final class OrderAnswers {

    static final String PAYMENT_DEADLINE = "payment_deadline";

    static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_ORDER);

    /** Never tells an order that does not exist from one that is not for the caller. */
    private static final Answer NOT_SHOWN = Answer.of(ProblemDocument.of(
            Problem.UNKNOWN_ORDER, "No order has this id, or hold_id is not the hold it was made of."));

    private static final Answer PAID = Answer.of(
            ProblemDocument.of(Problem.ORDER_PAID, "It was paid, whether or not the money was given back since."));

    private static final Answer OVER =
            Answer.of(ProblemDocument.of(Problem.ORDER_OVER, "It has failed, expired, been cancelled or come back."));

    private OrderAnswers() {}

    static Answer of(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Placed placed -> found(Status.CREATED_201, placed.order());
            case OrderOutcome.AlreadyPlaced known -> found(Status.OK_200, known.order());
            case OrderOutcome.UnknownHold unknown -> Answer.of(Problem.UNKNOWN_HOLD);
            case OrderOutcome.HoldExpired expired -> Answer.of(Problem.HOLD_EXPIRED);
            case OrderOutcome.HoldReleased released -> Answer.of(Problem.HOLD_RELEASED);
            case OrderOutcome.MixedCurrencies mixed -> Answer.of(Problem.MIXED_CURRENCIES);
        };
    }

    /** @param order if it exists and is for the caller */
    static Answer of(Optional<OrderView> order) {
        return order.map(found -> Answer.ok(OrderJson.of(found))).orElse(NOT_SHOWN);
    }

    /** @param shown the order as it is afterwards */
    static Answer of(CancelOutcome outcome, Supplier<Answer> shown) {
        return switch (outcome) {
            case CancelOutcome.Cancelled cancelled -> shown.get();
            case CancelOutcome.UnknownOrder unknown -> UNKNOWN;
            case CancelOutcome.AlreadyPaid paid -> Answer.of(Problem.ORDER_PAID);
            case CancelOutcome.AlreadyOver over -> Answer.of(Problem.ORDER_OVER);
        };
    }

    /** @param shown the order as it is afterwards */
    static Answer of(DeadlineOutcome outcome, Supplier<Answer> shown) {
        return switch (outcome) {
            case DeadlineOutcome.Extended extended -> shown.get();
            case DeadlineOutcome.UnknownOrder unknown -> UNKNOWN;
            case DeadlineOutcome.AlreadyPaid paid -> PAID;
            case DeadlineOutcome.AlreadyOver over -> OVER;
            case DeadlineOutcome.OutOfBounds bounds ->
                Answer.of(ProblemDocument.invalid(
                        PAYMENT_DEADLINE,
                        PAYMENT_DEADLINE + " must be from " + bounds.earliest() + ", which it is, to " + bounds.latest()
                                + "."));
        };
    }

    /** @param shown the order as it is afterwards */
    static Answer of(AcceptOutcome outcome, Supplier<Answer> shown) {
        return switch (outcome) {
            case AcceptOutcome.Accepted accepted -> shown.get();
            case AcceptOutcome.UnknownOrder unknown -> UNKNOWN;
            case AcceptOutcome.AlreadyPaid paid -> PAID;
            case AcceptOutcome.AlreadyOver over -> OVER;
            case AcceptOutcome.PiecesGone gone ->
                Answer.of(ProblemDocument.of(
                        Problem.INSUFFICIENT_STOCK,
                        "The order has failed or expired, and its pieces cannot all be taken again."));
        };
    }

    private static Answer found(Status status, Order order) {
        return Answer.json(status, OrderJson.of(order)).at("/api/orders/" + order.id() + "?hold_id=" + order.holdId());
    }
}
