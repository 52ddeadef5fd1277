package dev.flashsale.application;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order as it reads now, with what is known of it.
 *
 * @param customerId whose hold it was made of, if the hold named somebody
 * @param payments what the gateway reported of it, in the order in which it came
 */
public record OrderView(Order order, @Nullable CustomerId customerId, List<ReceivedPayment> payments) {

    public OrderView {
        payments = List.copyOf(payments);
    }

    /** What a pending order waits for. */
    public enum WaitsFor {
        /** Nobody has tried to pay it. */
        PAYMENT,
        /** The gateway or the buyer is at it. */
        GATEWAY,
        /** The last attempt was declined. */
        ANOTHER_ATTEMPT
    }

    /** What it waits for, by what the gateway reported last; empty if it is not pending. */
    public Optional<WaitsFor> waitsFor() {
        if (order.status() != OrderStatus.PENDING) {
            return Optional.empty();
        }
        WaitsFor waitsFor = WaitsFor.PAYMENT;
        for (ReceivedPayment received : payments) {
            waitsFor = switch (received.payment().payment().status()) {
                case DECLINED -> WaitsFor.ANOTHER_ATTEMPT;
                case PROCESSING -> WaitsFor.GATEWAY;
                case SUCCESS, FAILED, REFUNDED -> waitsFor;
            };
        }
        return Optional.of(waitsFor);
    }

    /**
     * When it was paid, if it was, even if the money was given back since. A payment that came before its order paid it when
     * it was placed; what costs nothing was paid then, too.
     */
    public Optional<Instant> paidAt() {
        return payments.stream()
                .filter(received -> received.payment().effect() == PaymentEffect.APPLIED
                        && received.payment().payment().status() == PaymentStatus.SUCCESS)
                .map(received ->
                        received.receivedAt().isBefore(order.placedAt()) ? order.placedAt() : received.receivedAt())
                .findFirst()
                .or(() -> order.status() == OrderStatus.PAID && order.amount().isZero()
                        ? Optional.of(order.placedAt())
                        : Optional.empty());
    }
}
