package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.RefundPolicy.Decision;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefundPolicyTest {

    private final Order pending = Examples.order(1, new ProductId(7), 3);
    private final Order paid = pending.with(OrderStatus.PAID);
    private final RecordedPayment first =
            new RecordedPayment(Examples.success(paid.id()), PaymentEffect.APPLIED, OrderStatus.PAID);
    private final RecordedPayment second =
            new RecordedPayment(Examples.success(paid.id()), PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID);
    private final Set<TransactionId> secondIsOpen = Set.of(second.payment().transactionId());

    @Test
    void whatPaidTheOrderIsGivenBackWithItsPiecesOnlyWhenAsked() {
        assertThat(decide(Examples.refund(paid.id(), false), paid, first))
                .isEqualTo(new Decision.OrderRefunded(paid.with(OrderStatus.REFUNDED)));
        assertThat(decide(Examples.refund(paid.id(), true), paid, first))
                .isEqualTo(new Decision.OrderRefunded(paid.with(OrderStatus.RETURNED)));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUNDED", "RETURNED"})
    void anOrderIsGivenBackOnce(OrderStatus before) {
        assertThat(decide(Examples.refund(paid.id(), true), paid.with(before), first))
                .isEqualTo(new Decision.Ignored());
    }

    @Test
    void moneyThatMustGoBackComesBeforeTheMoneyThatPaidTheOrder() {
        Payment refund = Examples.refund(paid.id(), true);

        assertThat(RefundPolicy.decide(refund, paid, List.of(first, second), secondIsOpen))
                .isEqualTo(new Decision.Done(second.payment().transactionId()));
        assertThat(RefundPolicy.decide(refund, paid, List.of(first, second), Set.of()))
                .isEqualTo(new Decision.OrderRefunded(paid.with(OrderStatus.RETURNED)));
    }

    @Test
    void aRefundThatNamesItsPaymentIsOfThatOneAlone() {
        assertThat(RefundPolicy.decide(Examples.refundOf(first.payment()), paid, List.of(first, second), secondIsOpen))
                .isEqualTo(new Decision.OrderRefunded(paid.with(OrderStatus.REFUNDED)));
        assertThat(RefundPolicy.decide(Examples.refundOf(second.payment()), paid, List.of(first, second), Set.of()))
                .isEqualTo(new Decision.Ignored());
        assertThat(decide(Examples.refundOf(Examples.success(paid.id())), paid, first, second))
                .isEqualTo(new Decision.NothingToRefund());
    }

    @Test
    void aRefundOfPartOfAPaymentIsIgnoredAndLeavesOpenWhatIsOpen() {
        Payment part = new Payment(
                Examples.newTransactionId(),
                paid.id(),
                PaymentStatus.REFUNDED,
                new BigDecimal("0.01"),
                paid.amount().currency());

        assertThat(RefundPolicy.decide(part, paid, List.of(first, second), secondIsOpen))
                .isEqualTo(new Decision.Ignored());
    }

    @Test
    void theAmountTellsTwoPaymentsApart() {
        RecordedPayment tooMuch = new RecordedPayment(
                new Payment(
                        Examples.newTransactionId(),
                        paid.id(),
                        PaymentStatus.SUCCESS,
                        new BigDecimal("999"),
                        paid.amount().currency()),
                PaymentEffect.REFUND_REQUIRED,
                OrderStatus.PAID);
        Payment whole = new Payment(
                Examples.newTransactionId(),
                paid.id(),
                PaymentStatus.REFUNDED,
                paid.amount().amount(),
                paid.amount().currency());

        assertThat(RefundPolicy.decide(
                        whole,
                        paid,
                        List.of(first, tooMuch),
                        Set.of(tooMuch.payment().transactionId())))
                .isEqualTo(new Decision.OrderRefunded(paid.with(OrderStatus.REFUNDED)));
    }

    @Test
    void thereIsNothingToRefundBeforeAnyMoneyWasTaken() {
        RecordedPayment failed =
                new RecordedPayment(Examples.failure(paid.id()), PaymentEffect.APPLIED, OrderStatus.FAILED);
        RecordedPayment kept = RecordedPayment.kept(Examples.success(paid.id()));

        assertThat(decide(Examples.refund(paid.id(), true), pending)).isEqualTo(new Decision.NothingToRefund());
        assertThat(decide(Examples.refund(paid.id(), true), pending.with(OrderStatus.FAILED), failed))
                .isEqualTo(new Decision.NothingToRefund());
        assertThat(decide(Examples.refund(paid.id(), true), null, kept)).isEqualTo(new Decision.NothingToRefund());
    }

    @Test
    void moneyOfAnOrderThatNeverCameCanBeGivenBack() {
        RecordedPayment givenUp = RecordedPayment.givenUp(Examples.success(paid.id()));

        assertThat(RefundPolicy.decide(
                        Examples.refund(paid.id(), true),
                        null,
                        List.of(givenUp),
                        Set.of(givenUp.payment().transactionId())))
                .isEqualTo(new Decision.Done(givenUp.payment().transactionId()));
        assertThat(decide(Examples.refund(paid.id(), true), null, givenUp)).isEqualTo(new Decision.Ignored());
    }

    @Test
    void anOperatorsWordCountsOnceAndOnlyForMoneyThatMustGoBack() {
        TransactionId id = second.payment().transactionId();

        assertThat(RefundPolicy.markDone(id, second, true)).isEqualTo(new RefundOutcome.Done(second));
        assertThat(RefundPolicy.markDone(id, second, false)).isEqualTo(new RefundOutcome.AlreadyDone(second));
        assertThat(RefundPolicy.markDone(id, first, false)).isEqualTo(new RefundOutcome.NotRequired(first));
        assertThat(RefundPolicy.markDone(id, null, false)).isEqualTo(new RefundOutcome.UnknownPayment(id));
    }

    @Test
    void theReasonSaysWhyTheMoneyMustGoBack() {
        Payment wrong = new Payment(
                Examples.newTransactionId(), paid.id(), PaymentStatus.SUCCESS, new BigDecimal("0.01"), null);

        assertThat(RefundReason.of(RecordedPayment.givenUp(Examples.success(paid.id())), null))
                .isEqualTo(RefundReason.NO_ORDER);
        assertThat(RefundReason.of(required(wrong, OrderStatus.PAID), paid)).isEqualTo(RefundReason.AMOUNT_DIFFERS);
        assertThat(RefundReason.of(second, paid)).isEqualTo(RefundReason.ALREADY_PAID);
        assertThat(RefundReason.of(required(Examples.success(paid.id()), OrderStatus.EXPIRED), paid))
                .isEqualTo(RefundReason.SOLD_OUT);
    }

    private static RecordedPayment required(Payment payment, OrderStatus status) {
        return new RecordedPayment(payment, PaymentEffect.REFUND_REQUIRED, status);
    }

    private static Decision decide(Payment refund, Order order, RecordedPayment... payments) {
        return RefundPolicy.decide(refund, order, List.of(payments), Set.of());
    }
}
