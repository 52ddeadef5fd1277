package dev.flashsale.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.Test;

final class CancelOutcomeTest {

    private final Order order = Examples.order(1, Examples.newProductId(), 3);

    @Test
    void aPendingOrderIsCancelledUntilItsDeadline() {
        assertThat(CancelOutcome.decide(order, order.paymentDeadline().minusNanos(1000)))
                .isEqualTo(new CancelOutcome.Cancelled(order.with(OrderStatus.CANCELLED)));
        assertThat(CancelOutcome.decide(order, order.paymentDeadline()))
                .isEqualTo(new CancelOutcome.AlreadyOver(order.id()));
    }

    @Test
    void aCancelledOrderStaysSoForEver() {
        Order cancelled = order.with(OrderStatus.CANCELLED);

        assertThat(CancelOutcome.decide(cancelled, order.paymentDeadline()))
                .isEqualTo(new CancelOutcome.Cancelled(cancelled));
    }

    @Test
    void whatIsPaidOrOverIsNotCancelled() {
        assertThat(CancelOutcome.decide(order.with(OrderStatus.PAID), order.placedAt()))
                .isEqualTo(new CancelOutcome.AlreadyPaid(order.id()));
        assertThat(CancelOutcome.decide(order.with(OrderStatus.REFUNDED), order.placedAt()))
                .isEqualTo(new CancelOutcome.AlreadyPaid(order.id()));
        assertThat(CancelOutcome.decide(order.with(OrderStatus.RETURNED), order.placedAt()))
                .isEqualTo(new CancelOutcome.AlreadyOver(order.id()));
        assertThat(CancelOutcome.decide(order.with(OrderStatus.FAILED), order.placedAt()))
                .isEqualTo(new CancelOutcome.AlreadyOver(order.id()));
        assertThat(CancelOutcome.decide(order.with(OrderStatus.EXPIRED), order.placedAt()))
                .isEqualTo(new CancelOutcome.AlreadyOver(order.id()));
    }
}
