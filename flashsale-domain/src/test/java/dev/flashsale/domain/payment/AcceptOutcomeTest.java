package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AcceptOutcomeTest {

    private final Order order = Examples.order(17, Examples.newProductId(), 3);

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "FAILED", "EXPIRED"})
    void whatIsNotPaidIsToBeSettled(OrderStatus status) {
        assertThat(AcceptOutcome.beforehand(order.with(status), false)).isEmpty();
    }

    @Test
    void whatIsPaidIsAcceptedIfItWasPaidByHand() {
        Order paid = order.with(OrderStatus.PAID);

        assertThat(AcceptOutcome.beforehand(paid, true)).contains(new AcceptOutcome.Accepted(paid));
        assertThat(AcceptOutcome.beforehand(paid, false)).contains(new AcceptOutcome.AlreadyPaid(order.id()));
        assertThat(AcceptOutcome.beforehand(order.with(OrderStatus.REFUNDED), true))
                .contains(new AcceptOutcome.AlreadyPaid(order.id()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "RETURNED"})
    void whatReturnedForGoodIsOver(OrderStatus status) {
        assertThat(AcceptOutcome.beforehand(order.with(status), false))
                .contains(new AcceptOutcome.AlreadyOver(order.id()));
    }

    @Test
    void itIsAcceptedIfItsPaymentWasAppliedAndRefusedIfItsPiecesAreGone() {
        Order paid = order.with(OrderStatus.PAID);

        assertThat(AcceptOutcome.of(PaymentEffect.APPLIED, paid)).isEqualTo(new AcceptOutcome.Accepted(paid));
        assertThat(AcceptOutcome.of(PaymentEffect.REFUND_REQUIRED, order))
                .isEqualTo(new AcceptOutcome.PiecesGone(order.id()));
        assertThatThrownBy(() -> AcceptOutcome.of(PaymentEffect.IGNORED, order))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsPaymentIsASuccessOfAllThatIsOwedUnderAnIdOfItsOwn() {
        Payment payment = Payment.byHand(order);

        assertThat(payment)
                .isEqualTo(new Payment(
                        new TransactionId("by-hand-17"),
                        order.id(),
                        PaymentStatus.SUCCESS,
                        order.amount().amount(),
                        order.amount().currency()));
        assertThat(payment.matches(order.amount())).isTrue();
    }

    @Test
    void noGatewayReportsUnderSuchAnId() {
        assertThat(TransactionId.ofGateway("by-hand")).isEqualTo(new TransactionId("by-hand"));
        assertThatThrownBy(() -> TransactionId.ofGateway("by-hand-17"))
                .hasMessageContaining("must not begin with by-hand-");
    }
}
