package dev.flashsale.domain.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What became of an operator's wish that an order waits longer for its payment, in this order of precedence. A repetition is
 * answered like the first time: {@link Extended}.
 */
public sealed interface DeadlineOutcome {

    /** There is no such order. */
    record UnknownOrder(OrderId orderId) implements DeadlineOutcome {}

    /** Nothing is waited for: it was paid, whether or not the money was given back since. */
    record AlreadyPaid(OrderId orderId) implements DeadlineOutcome {}

    /** Too late: it failed, expired, was cancelled or came back; its pieces return or have returned. */
    record AlreadyOver(OrderId orderId) implements DeadlineOutcome {}

    /**
     * No order gets less time than its buyer was told, or more than there is.
     *
     * @param earliest the deadline that it has
     * @param latest the last one that it may have
     */
    record OutOfBounds(Instant earliest, Instant latest) implements DeadlineOutcome {}

    /** The order waits until then, by this call or by an earlier one. */
    record Extended(Order order) implements DeadlineOutcome {}

    /**
     * Decides on a locked order.
     *
     * @param wished the new deadline; kept in microseconds, as the database keeps it
     * @param longest that an order may wait, from when it was placed
     */
    static DeadlineOutcome decide(Order order, Instant wished, Duration longest, Instant now) {
        return switch (order.statusAt(now)) {
            case PENDING ->
                extend(
                        order,
                        wished.truncatedTo(ChronoUnit.MICROS),
                        order.placedAt().plus(longest));
            case PAID, REFUNDED -> new AlreadyPaid(order.id());
            case FAILED, EXPIRED, CANCELLED, RETURNED -> new AlreadyOver(order.id());
        };
    }

    private static DeadlineOutcome extend(Order order, Instant wished, Instant last) {
        Instant earliest = order.paymentDeadline();
        Instant latest = last.isBefore(earliest) ? earliest : last;
        return wished.isBefore(earliest) || wished.isAfter(latest)
                ? new OutOfBounds(earliest, latest)
                : new Extended(order.withPaymentDeadline(wished));
    }
}
