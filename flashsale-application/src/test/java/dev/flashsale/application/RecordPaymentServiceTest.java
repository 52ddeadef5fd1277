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
    void theSameReportAgainGetsTheFirstAnswerWhateverHappenedSince() {
        Order order = sale.ordered(product, 3);
        Payment failure = Examples.failure(order.id());
        Payment success = Examples.success(order.id());
        sale.recordPayment.all(List.of(failure, success));

        assertThat(sale.recordPayment.one(failure))
                .isEqualTo(new PaymentOutcome.AlreadyRecorded(
                        new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED)));
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anotherPayloadUnderTheSameTransactionIsAConflictAndChangesNothing() {
        Order order = sale.ordered(product, 3);
        Payment success = Examples.success(order.id());
        sale.recordPayment.all(List.of(success));
        RecordedPayment known = sale.payments().get(0);

        PaymentOutcome outcome =
                sale.recordPayment.one(Payment.of(success.transactionId(), order.id(), PaymentStatus.FAILED));

        assertThat(outcome).isEqualTo(new PaymentOutcome.Conflict(known));
        assertThat(sale.payments()).containsExactly(known);
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void aBatchIsAnsweredInItsOrderAndEveryTransactionIsRecordedOnce() {
        Order one = sale.ordered(product, 1);
        Order other = sale.ordered(sale.productOnSale(5), 2);
        Payment known = Examples.success(other.id());
        sale.recordPayment.all(List.of(known));
        Payment success = Examples.success(one.id());
        Payment early = Examples.failure(Examples.unknownOrderId());
        Payment conflict = Payment.of(success.transactionId(), one.id(), PaymentStatus.FAILED);

        List<PaymentOutcome> outcomes =
                sale.recordPayment.all(List.of(early, success, success, conflict, known, early));

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

        PaymentOutcome outcome = sale.recordPayment.one(failure);

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
