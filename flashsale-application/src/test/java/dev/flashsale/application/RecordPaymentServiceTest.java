package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

        Payment other = Payment.of(success.transactionId(), Examples.unknownOrderId(), PaymentStatus.SUCCESS);

        PaymentOutcome outcome = sale.recordPayment.one(other);

        assertThat(outcome).isEqualTo(new PaymentOutcome.Conflict(known, other));
        assertThat(sale.payments()).containsExactly(known);
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
    }

    /** A buyer whose card was refused tries another one, and the gateway goes on under the id that it has. */
    @Test
    void aTransactionThatFailedMaySucceed() {
        Order order = sale.ordered(product, 3);
        Payment failure = Examples.failure(order.id());
        Payment success = Payment.of(failure.transactionId(), order.id(), PaymentStatus.SUCCESS);

        assertThat(sale.recordPayment.one(failure))
                .isEqualTo(recorded(failure, PaymentEffect.APPLIED, OrderStatus.FAILED));
        assertThat(sale.recordPayment.one(success))
                .isEqualTo(recorded(success, PaymentEffect.APPLIED, OrderStatus.PAID));

        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(7);
        assertThat(sale.recordPayment.all(List.of(success, failure)))
                .containsExactly(
                        new PaymentOutcome.AlreadyRecorded(
                                new RecordedPayment(success, PaymentEffect.APPLIED, OrderStatus.PAID)),
                        new PaymentOutcome.AlreadyRecorded(
                                new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED)));
    }

    @Test
    void aSuccessIsNeverTurnedIntoAFailure() {
        Order order = sale.ordered(product, 3);
        Payment wrong = new Payment(
                Examples.newTransactionId(), order.id(), PaymentStatus.SUCCESS, new BigDecimal("0.01"), null);
        Payment failure = Payment.of(wrong.transactionId(), order.id(), PaymentStatus.FAILED);

        assertThat(sale.recordPayment.one(wrong))
                .isEqualTo(recorded(wrong, PaymentEffect.REFUND_REQUIRED, OrderStatus.PENDING));
        assertThat(sale.recordPayment.one(failure))
                .isEqualTo(recorded(failure, PaymentEffect.IGNORED, OrderStatus.PENDING));

        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void anOrderWaitsOnAfterAnAttemptThatWasDeclined() {
        Order order = sale.ordered(product, 3);
        TransactionId id = Examples.newTransactionId();
        Payment underWay = Payment.of(id, order.id(), PaymentStatus.PROCESSING);
        Payment declined = Payment.of(id, order.id(), PaymentStatus.DECLINED);
        Payment success = Payment.of(id, order.id(), PaymentStatus.SUCCESS);

        assertThat(sale.recordPayment.all(List.of(underWay, declined, success)))
                .containsExactly(
                        recorded(underWay, PaymentEffect.IGNORED, OrderStatus.PENDING),
                        recorded(declined, PaymentEffect.APPLIED, OrderStatus.PENDING),
                        recorded(success, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anOrderWaitsForAnotherAttemptNoLongerThanTheGraceNorThanItsDeadline() {
        Sale graceful =
                new Sale(Settings.builder().retryGrace(Duration.ofMinutes(5)).build());
        Order order = graceful.ordered(graceful.productOnSale(10), 3);
        Payment declined = Payment.of(Examples.newTransactionId(), order.id(), PaymentStatus.DECLINED);

        assertThat(graceful.recordPayment.one(declined))
                .isEqualTo(recorded(declined, PaymentEffect.APPLIED, OrderStatus.PENDING));
        Instant retry = graceful.database.now().plus(Duration.ofMinutes(5));
        assertThat(graceful.stored(order.id()).paymentDeadline()).isEqualTo(retry);

        graceful.database.advance(Duration.ofMinutes(4));
        graceful.recordPayment.all(
                List.of(Payment.of(Examples.newTransactionId(), order.id(), PaymentStatus.DECLINED)));

        assertThat(graceful.stored(order.id()).paymentDeadline())
                .as("another one makes it no longer")
                .isEqualTo(retry);
    }

    @Test
    void aConflictIsListedUntilAnOperatorHasLookedAndIsLoggedThen() {
        Order order = sale.ordered(product, 3);
        Payment success = Examples.success(order.id());
        Payment other = new Payment(success.transactionId(), order.id(), PaymentStatus.SUCCESS, BigDecimal.ONE, null);
        sale.recordPayment.all(List.of(success, other, other));
        Operator operator = sale.flashsale.operator(new Cause("ann", "asked the gateway"));

        ListedConflict listed = conflicts().getFirst();
        assertThat(conflicts()).hasSize(1);
        assertThat(listed.report().amount()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(operator.conflictResolved(listed.number())).isTrue();
        assertThat(operator.conflictResolved(listed.number())).isFalse();
        sale.recordPayment.all(List.of(other));

        assertThat(conflicts()).isEmpty();
        assertThat(sale.flashsale
                        .lists()
                        .operatorLog(
                                Optional.of(new Subject(Subject.Kind.CONFLICT, listed.number())),
                                Optional.empty(),
                                PageSize.DEFAULT)
                        .items())
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.entry().action()).isEqualTo(Action.CONFLICT_RESOLVED));
    }

    private List<ListedConflict> conflicts() {
        return sale.flashsale
                .lists()
                .conflicts(Optional.empty(), PageSize.DEFAULT)
                .items();
    }

    @Test
    void anOrderIsFoundByItsReferenceAndAReportOfOneThatIsNotThereIsListed() {
        Order order = sale.ordered(product, 3);
        HoldId unknown = Examples.newHoldId();
        ConflictingReport report = new ConflictingReport(
                ReportId.ofSuccess(Examples.newTransactionId()), null, unknown, BigDecimal.TEN, null, null);

        assertThat(sale.flashsale.payments().orderOf(order.holdId())).contains(order.id());
        assertThat(sale.flashsale.payments().orderOf(unknown)).isEmpty();
        sale.flashsale.payments().listConflict(report);
        sale.flashsale.payments().listConflict(report);

        assertThat(conflicts()).extracting(ListedConflict::report).containsExactly(report);
    }

    @Test
    void aBatchIsAnsweredInItsOrderAndEveryTransactionIsRecordedOnce() {
        Order one = sale.ordered(product, 1);
        Order other = sale.ordered(sale.productOnSale(5), 2);
        Payment known = Examples.success(other.id());
        sale.recordPayment.all(List.of(known));
        Payment success = Examples.success(one.id());
        Payment early = Examples.failure(Examples.unknownOrderId());
        Payment conflict = Payment.of(success.transactionId(), other.id(), PaymentStatus.SUCCESS);

        List<PaymentOutcome> outcomes =
                sale.recordPayment.all(List.of(early, success, success, conflict, known, early));

        RecordedPayment paid = new RecordedPayment(success, PaymentEffect.APPLIED, OrderStatus.PAID);
        assertThat(outcomes)
                .containsExactly(
                        new PaymentOutcome.Recorded(RecordedPayment.kept(early)),
                        new PaymentOutcome.Recorded(paid),
                        new PaymentOutcome.AlreadyRecorded(paid),
                        new PaymentOutcome.Conflict(paid, conflict),
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
