package dev.flashsale.domain.order;

import java.time.Instant;

/**
 * What became of an operator's wish to cancel an order. A repetition is answered like the first time: {@link Cancelled}.
 */
public sealed interface CancelOutcome {

    /** There is no such order. */
    record UnknownOrder(OrderId orderId) implements CancelOutcome {}

    /** The order is cancelled, by this call or by an earlier one. */
    record Cancelled(Order order) implements CancelOutcome {}

    /** Too late: money was paid for it and its pieces are sold, whether or not the money was given back since. */
    record AlreadyPaid(OrderId orderId) implements CancelOutcome {}

    /** Too late: its payment failed, its deadline passed or what was bought came back; its pieces return or have returned. */
    record AlreadyOver(OrderId orderId) implements CancelOutcome {}

    /** Decides on a locked order. */
    static CancelOutcome decide(Order order, Instant now) {
        return switch (order.statusAt(now)) {
            case PENDING -> new Cancelled(order.with(OrderStatus.CANCELLED));
            case CANCELLED -> new Cancelled(order);
            case PAID ->
                order.amount().isZero()
                        ? new Cancelled(order.with(OrderStatus.CANCELLED))
                        : new AlreadyPaid(order.id());
            case REFUNDED -> new AlreadyPaid(order.id());
            case FAILED, EXPIRED, RETURNED -> new AlreadyOver(order.id());
        };
    }
}
