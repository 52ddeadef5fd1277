package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordPaymentServiceTest {

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aSuccessMakesTheOrderPaidAndTakesNothing() {
        Order order = sale.ordered(product, 3);
        Payment payment = Examples.success(order.id());

        PaymentOutcome outcome = sale.recordPayment.record(payment);

        assertThat(outcome).isEqualTo(recorded(payment, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(sale.stored(order.id())).isEqualTo(order.with(OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void aFailureMakesTheOrderFailedAndReturnsItsPieces() {
        Order order = sale.ordered(product, 3);
        Payment payment = Examples.failure(order.id());

        PaymentOutcome outcome = sale.recordPayment.record(payment);

        assertThat(outcome).isEqualTo(recorded(payment, PaymentEffect.APPLIED, OrderStatus.FAILED));
        assertThat(sale.stored(order.id())).isEqualTo(order.with(OrderStatus.FAILED));
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void theSameReportAgainGetsTheFirstAnswerWhateverHappenedSince() {
        Order order = sale.ordered(product, 3);
        Payment failure = Examples.failure(order.id());
        Payment success = Examples.success(order.id());
        sale.recordPayment.recordAll(List.of(failure, success));

        assertThat(sale.recordPayment.record(failure))
                .isEqualTo(new PaymentOutcome.AlreadyRecorded(
                        new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED)));
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anotherPayloadUnderTheSameTransactionIsAConflictAndChangesNothing() {
        Order order = sale.ordered(product, 3);
        Payment success = Examples.success(order.id());
        sale.recordPayment.recordAll(List.of(success));
        RecordedPayment known = sale.payments().get(0);

        PaymentOutcome outcome =
                sale.recordPayment.record(Payment.of(success.transactionId(), order.id(), PaymentStatus.FAILED));

        assertThat(outcome).isEqualTo(new PaymentOutcome.Conflict(known));
        assertThat(sale.payments()).containsExactly(known);
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void aSecondSuccessAndAWrongAmountRequireRefunds() {
        Order order = sale.ordered(product, 3);
        Payment wrong =
                new Payment(Examples.newTransactionId(), order.id(), PaymentStatus.SUCCESS, BigDecimal.ONE, null);
        Payment right = Examples.success(order.id());
        Payment second = Examples.success(order.id());

        assertThat(sale.recordPayment.record(wrong))
                .isEqualTo(recorded(wrong, PaymentEffect.REFUND_REQUIRED, OrderStatus.PENDING));
        assertThat(sale.recordPayment.record(right))
                .isEqualTo(recorded(right, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(sale.recordPayment.record(second))
                .isEqualTo(recorded(second, PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID));
    }

    @Test
    void afterASuccessAFailureIsIgnored() {
        Order order = sale.paid(product, 3);
        Payment failure = Examples.failure(order.id());

        assertThat(sale.recordPayment.record(failure))
                .isEqualTo(recorded(failure, PaymentEffect.IGNORED, OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void afterAFailureASuccessTakesThePiecesAgain() {
        Order order = sale.ordered(product, 3);
        sale.recordPayment.recordAll(List.of(Examples.failure(order.id())));
        Payment success = Examples.success(order.id());

        assertThat(sale.recordPayment.record(success))
                .isEqualTo(recorded(success, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void afterAFailureASuccessRequiresARefundOnceThePiecesAreGone() {
        Order order = sale.ordered(product, 3);
        sale.recordPayment.recordAll(List.of(Examples.failure(order.id())));
        sale.paid(product, 8);
        Payment success = Examples.success(order.id());

        assertThat(sale.recordPayment.record(success))
                .isEqualTo(recorded(success, PaymentEffect.REFUND_REQUIRED, OrderStatus.FAILED));
        assertThat(sale.available(product)).isEqualTo(2);
    }

    @Test
    void aBatchIsAnsweredInItsOrderAndEveryTransactionIsRecordedOnce() {
        Order one = sale.ordered(product, 1);
        Order other = sale.ordered(sale.productOnSale(5), 2);
        Payment known = Examples.success(other.id());
        sale.recordPayment.recordAll(List.of(known));
        Payment success = Examples.success(one.id());
        Payment early = Examples.failure(Examples.unknownOrderId());
        Payment conflict = Payment.of(success.transactionId(), one.id(), PaymentStatus.FAILED);

        List<PaymentOutcome> outcomes =
                sale.recordPayment.recordAll(List.of(early, success, success, conflict, known, early));

        RecordedPayment paid = new RecordedPayment(success, PaymentEffect.APPLIED, OrderStatus.PAID);
        assertThat(outcomes)
                .containsExactly(
                        new PaymentOutcome.Recorded(RecordedPayment.kept(early)),
                        new PaymentOutcome.Recorded(paid),
                        new PaymentOutcome.AlreadyRecorded(paid),
                        new PaymentOutcome.Conflict(paid),
                        new PaymentOutcome.AlreadyRecorded(
                                new RecordedPayment(known, PaymentEffect.APPLIED, OrderStatus.PAID)),
                        new PaymentOutcome.AlreadyRecorded(RecordedPayment.kept(early)));
        assertThat(sale.payments()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void aPaymentTakesEffectOnceWhenTheFirstAttemptWasLost(Fate fate) {
        Order order = sale.ordered(product, 3);
        Payment failure = Examples.failure(order.id());
        sale.transactions.meet(fate);

        PaymentOutcome outcome = sale.recordPayment.record(failure);

        RecordedPayment applied = new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED);
        assertThat(outcome)
                .isEqualTo(
                        fate == Fate.ROLLED_BACK
                                ? new PaymentOutcome.Recorded(applied)
                                : new PaymentOutcome.AlreadyRecorded(applied));
        assertThat(sale.payments()).containsExactly(applied);
        assertThat(sale.available(product)).isEqualTo(10);
    }

    private static PaymentOutcome recorded(Payment payment, PaymentEffect effect, OrderStatus after) {
        return new PaymentOutcome.Recorded(new RecordedPayment(payment, effect, after));
    }
}
