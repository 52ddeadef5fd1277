package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.RefundPolicy.Decision;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
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
                .isEqualTo(refunded(first, OrderStatus.REFUNDED));
        assertThat(decide(Examples.refund(paid.id(), true), paid, first))
                .isEqualTo(refunded(first, OrderStatus.RETURNED));
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
                .isEqualTo(done(second, paid));
        assertThat(RefundPolicy.decide(refund, paid, List.of(first, second), Set.of()))
                .isEqualTo(refunded(first, OrderStatus.RETURNED));
    }

    @Test
    void aRefundThatNamesItsPaymentIsOfThatOneAlone() {
        assertThat(RefundPolicy.decide(Examples.refundOf(first.payment()), paid, List.of(first, second), secondIsOpen))
                .isEqualTo(refunded(first, OrderStatus.REFUNDED));
        assertThat(RefundPolicy.decide(Examples.refundOf(second.payment()), paid, List.of(first, second), Set.of()))
                .isEqualTo(new Decision.Ignored());
        assertThat(decide(Examples.refundOf(Examples.success(paid.id())), paid, first, second))
                .isEqualTo(new Decision.NothingToRefund());
    }

    @Test
    void partsMakeUpTheWholeAndTheOrderIsRefundedByTheLast() {
        RecordedPayment part = applied(part("9.70", false), first);
        Payment rest = part("50.00", true);

        assertThat(decide(part.payment(), paid, first))
                .isEqualTo(new Decision.Applied(part.givesBack(), null, paid, List.of()));
        assertThat(decide(rest, paid, first, part))
                .isEqualTo(new Decision.Applied(
                        new GivenBack(first.payment().transactionId(), rest.amount()),
                        null,
                        paid.with(OrderStatus.RETURNED),
                        paid.lines().items()));
        assertThat(decide(Examples.refund(paid.id(), false), paid, first, part))
                .as("what names no amount is all that is left")
                .isEqualTo(new Decision.Applied(
                        new GivenBack(first.payment().transactionId(), rest.amount()),
                        null,
                        paid.with(OrderStatus.REFUNDED),
                        List.of()));
        assertThat(decide(part("50.01", true), paid, first, part)).isEqualTo(new Decision.Ignored());
    }

    @Test
    void moneyThatMustGoBackMayGoBackInParts() {
        RecordedPayment part = applied(part("9.70", false), second);
        Payment rest = Examples.refundOf(second.payment());

        assertThat(RefundPolicy.decide(part.payment(), paid, List.of(first, second), secondIsOpen))
                .isEqualTo(new Decision.Applied(part.givesBack(), null, paid, List.of()));
        assertThat(RefundPolicy.decide(rest, paid, List.of(first, second, part), secondIsOpen))
                .isEqualTo(new Decision.Applied(
                        new GivenBack(second.payment().transactionId(), new BigDecimal("50.00")),
                        second.payment().transactionId(),
                        paid,
                        List.of()));
    }

    @Test
    void piecesComeBackByThemselvesAndNeverMoreThanThereAre() {
        Item one = new Item(new ProductId(7), new Quantity(1));
        Item two = new Item(new ProductId(7), new Quantity(2));
        RecordedPayment part = applied(part("9.70", true).ofPieces(List.of(one)), first);
        Payment broken = part("10.00", false).ofPieces(List.of(two));
        Payment last = part("50.00", true).ofPieces(List.of(two));

        assertThat(RefundPolicy.decide(part.payment(), paid, List.of(second, first), secondIsOpen))
                .as("it is of what paid the order")
                .isEqualTo(new Decision.Applied(part.givesBack(), null, paid, List.of(one)));
        assertThat(decide(broken, paid, first, part))
                .isEqualTo(new Decision.Applied(
                        new GivenBack(first.payment().transactionId(), broken.amount()), null, paid, List.of()));
        assertThat(decide(last, paid, first, part))
                .isEqualTo(new Decision.Applied(
                        new GivenBack(first.payment().transactionId(), last.amount()),
                        null,
                        paid.with(OrderStatus.RETURNED),
                        List.of(two)));
        assertThat(decide(part("1.00", true).ofPieces(List.of(one, two)), paid, first, part))
                .isEqualTo(new Decision.NoSuchPieces(new ProductId(7), 2));
        assertThat(decide(
                        part("1.00", true).ofPieces(List.of(new Item(new ProductId(8), new Quantity(1)))), paid, first))
                .isEqualTo(new Decision.NoSuchPieces(new ProductId(8), 0));
        assertThat(decide(part("50.00", true), paid, first, part))
                .as("the pieces that are left come back with the rest of the money")
                .isEqualTo(new Decision.Applied(
                        new GivenBack(first.payment().transactionId(), last.amount()),
                        null,
                        paid.with(OrderStatus.RETURNED),
                        List.of(two)));
    }

    @Test
    void whatAnOperatorHasDoneIsAllThatWasLeft() {
        RecordedPayment part = applied(part("9.70", false), second);

        RecordedPayment done = RefundPolicy.doneByHand(second, paid, List.of(first, second, part));

        assertThat(done.givesBack())
                .isEqualTo(new GivenBack(second.payment().transactionId(), new BigDecimal("50.00")));
        assertThat(done.payment().refundOf()).isEqualTo(second.payment().transactionId());
        assertThat(done.effect()).isEqualTo(PaymentEffect.APPLIED);
    }

    private Payment part(String amount, boolean restock) {
        return new Payment(
                Examples.newTransactionId(),
                paid.id(),
                PaymentStatus.REFUNDED,
                new BigDecimal(amount),
                paid.amount().currency(),
                null,
                restock);
    }

    private static RecordedPayment applied(Payment refund, RecordedPayment success) {
        return new RecordedPayment(
                refund,
                PaymentEffect.APPLIED,
                OrderStatus.PAID,
                new GivenBack(success.payment().transactionId(), Objects.requireNonNull(refund.amount())));
    }

    private Decision refunded(RecordedPayment success, OrderStatus status) {
        return new Decision.Applied(
                new GivenBack(success.payment().transactionId(), paid.amount().amount()),
                null,
                paid.with(status),
                status == OrderStatus.RETURNED ? paid.lines().items() : List.of());
    }

    private static Decision done(RecordedPayment success, Order order) {
        return new Decision.Applied(
                new GivenBack(success.payment().transactionId(), order.amount().amount()),
                success.payment().transactionId(),
                order,
                List.of());
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
                .isEqualTo(refunded(first, OrderStatus.REFUNDED));
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
                .isEqualTo(new Decision.Applied(null, givenUp.payment().transactionId(), null, List.of()));
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
