package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import java.util.Optional;

/**
 * What became of an operator's word that an order was paid by other means than a gateway's. A repetition is answered like the
 * first time, as long as the order is paid: {@link Accepted}.
 */
public sealed interface AcceptOutcome {

    /** There is no such order. */
    record UnknownOrder(OrderId orderId) implements AcceptOutcome {}

    /** The order is paid, by this call or by an earlier one. */
    record Accepted(Order order) implements AcceptOutcome {}

    /** It was paid otherwise, or its money was given back since. */
    record AlreadyPaid(OrderId orderId) implements AcceptOutcome {}

    /** Too late: it was cancelled, or what was bought came back; nothing takes its pieces again. */
    record AlreadyOver(OrderId orderId) implements AcceptOutcome {}

    /** It failed or expired, and others have some of its pieces. Nothing was recorded. */
    record PiecesGone(OrderId orderId) implements AcceptOutcome {}

    /**
     * Decides on a locked order whether it is settled by the {@linkplain Payment#byHand payment} that is meant; empty if it is to
     * be.
     *
     * @param byHand whether that payment was recorded before
     */
    static Optional<AcceptOutcome> beforehand(Order order, boolean byHand) {
        return switch (order.status()) {
            case PENDING, FAILED, EXPIRED -> Optional.empty();
            case PAID -> Optional.of(byHand ? new Accepted(order) : new AlreadyPaid(order.id()));
            case REFUNDED -> Optional.of(new AlreadyPaid(order.id()));
            case CANCELLED, RETURNED -> Optional.of(new AlreadyOver(order.id()));
        };
    }

    /**
     * What became of it.
     *
     * @param effect of the payment
     * @param after the order that it was decided on, as it is afterwards
     */
    static AcceptOutcome of(PaymentEffect effect, Order after) {
        return switch (effect) {
            case APPLIED -> new Accepted(after);
            case REFUND_REQUIRED -> new PiecesGone(after.id());
            case KEPT, IGNORED -> throw new IllegalArgumentException("not of such an order: " + after);
        };
    }
}
