package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators decide about payments that are late, or that no gateway reports. */
final class OrdersByHandTest {

    private static final Cause CAUSE = new Cause("ann", "pays by bank transfer");

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @ParameterizedTest
    @EnumSource
    void anOrderThatIsExtendedOnceIsWaitedForUntilThen(Fate fate) {
        Order order = sale.ordered(product, 3);
        Instant deadline = order.paymentDeadline().plus(Duration.ofDays(1));
        sale.transactions.meet(fate);

        DeadlineOutcome outcome = extend(order, deadline);

        assertThat(outcome).isEqualTo(new DeadlineOutcome.Extended(order.withPaymentDeadline(deadline)));
        assertThat(extend(order, deadline)).isEqualTo(outcome);
        assertThat(logged(Action.ORDER_EXTENDED))
                .containsExactly(new LogEntry(
                        sale.database.now(),
                        CAUSE,
                        Action.ORDER_EXTENDED,
                        order.id().value(),
                        "payment deadline: " + order.paymentDeadline() + " → " + deadline));
        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.housekeeping().expireOrders()).isZero();
        sale.database.advance(Duration.ofDays(1));
        assertThat(sale.flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void anOrderIsNotWaitedForLongerThanIsSet() {
        Order order = sale.ordered(product, 3);
        Instant latest = order.placedAt().plus(sale.settings.maxPaymentDeadline());

        assertThat(extend(order, latest.plusSeconds(1)))
                .isEqualTo(new DeadlineOutcome.OutOfBounds(order.paymentDeadline(), latest));

        assertThat(sale.stored(order.id())).isEqualTo(order);
        assertThat(logged(Action.ORDER_EXTENDED)).isEmpty();
    }

    @Test
    void whatIsPaidOrOverIsNotWaitedFor() {
        Order paid = sale.paid(product, 1);
        Order expired = sale.expired(product, 2);
        Instant later = expired.paymentDeadline().plus(Duration.ofDays(1));

        assertThat(extend(paid, later)).isEqualTo(new DeadlineOutcome.AlreadyPaid(paid.id()));
        assertThat(extend(expired, later)).isEqualTo(new DeadlineOutcome.AlreadyOver(expired.id()));
        assertThat(sale.flashsale.operator(CAUSE).extend(Examples.unknownOrderId(), later))
                .isInstanceOf(DeadlineOutcome.UnknownOrder.class);
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatIsAcceptedOnceIsPaidByATransactionOfItsOwn(Fate fate) {
        Order order = sale.ordered(product, 3);
        Payment payment = Payment.byHand(order);
        sale.transactions.meet(fate);

        AcceptOutcome outcome = accept(order);

        assertThat(outcome).isEqualTo(new AcceptOutcome.Accepted(order.with(OrderStatus.PAID)));
        assertThat(accept(order)).isEqualTo(outcome);
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.payments())
                .containsExactly(new RecordedPayment(payment, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(logged(Action.ORDER_ACCEPTED))
                .containsExactly(new LogEntry(
                        sale.database.now(),
                        CAUSE,
                        Action.ORDER_ACCEPTED,
                        order.id().value(),
                        "status: pending → paid; 59.70 EUR as transaction by-hand-" + order.id()));
        assertThat(sale.available(product)).isEqualTo(7);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void oneThatExpiredTakesItsPiecesAgain() {
        Order expired = sale.expired(product, 3);

        assertThat(accept(expired)).isEqualTo(new AcceptOutcome.Accepted(expired.with(OrderStatus.PAID)));

        assertThat(sale.available(product)).isEqualTo(7);
        assertThat(logged(Action.ORDER_ACCEPTED))
                .extracting(LogEntry::change)
                .containsExactly("status: expired → paid; 59.70 EUR as transaction by-hand-" + expired.id());
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void oneWhosePiecesAreGoneIsRefusedAndNothingIsRecorded() {
        Order failed = sale.ordered(product, 3);
        assertThat(sale.recordPayment.one(Examples.failure(failed.id()))).isInstanceOf(PaymentOutcome.Recorded.class);
        assertThat(sale.held(product, 8)).isNotNull();
        int payments = sale.payments().size();

        assertThat(accept(failed)).isEqualTo(new AcceptOutcome.PiecesGone(failed.id()));

        assertThat(sale.payments()).hasSize(payments);
        assertThat(sale.stored(failed.id()).status()).isEqualTo(OrderStatus.FAILED);
        assertThat(logged(Action.ORDER_ACCEPTED)).isEmpty();
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void whatAGatewayOrNothingPaidIsNotAccepted() {
        Order paid = sale.paid(product, 1);
        Order cancelled = sale.ordered(product, 1);
        assertThat(sale.flashsale.operator(CAUSE).cancel(cancelled.id())).isNotNull();

        assertThat(accept(paid)).isEqualTo(new AcceptOutcome.AlreadyPaid(paid.id()));
        assertThat(accept(cancelled)).isEqualTo(new AcceptOutcome.AlreadyOver(cancelled.id()));
        assertThat(sale.flashsale.operator(CAUSE).accept(Examples.unknownOrderId()))
                .isInstanceOf(AcceptOutcome.UnknownOrder.class);
        assertThat(sale.payments()).hasSize(1);
    }

    @Test
    void aGatewaysSuccessThatComesSecondMustBeGivenBack() {
        Order order = sale.ordered(product, 3);
        assertThat(accept(order)).isInstanceOf(AcceptOutcome.Accepted.class);
        Payment success = Examples.success(order.id());

        assertThat(sale.recordPayment.one(success))
                .isEqualTo(new PaymentOutcome.Recorded(
                        new RecordedPayment(success, PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID)));
    }

    @Test
    void aRefundMayNameIt() {
        Order order = sale.ordered(product, 3);
        assertThat(accept(order)).isInstanceOf(AcceptOutcome.Accepted.class);
        Payment refund = Examples.refundOf(Payment.byHand(order));

        assertThat(sale.flashsale.payments().record(refund))
                .isEqualTo(new PaymentOutcome.Recorded(new RecordedPayment(
                        refund,
                        PaymentEffect.APPLIED,
                        OrderStatus.REFUNDED,
                        new GivenBack(
                                TransactionId.byHand(order.id()), order.amount().amount()))));
        assertThat(accept(order)).isEqualTo(new AcceptOutcome.AlreadyPaid(order.id()));
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aListenerIsToldOnceOfAnOrderThatIsAccepted() {
        List<Order> told = new ArrayList<>();
        Flashsale flashsale = Flashsale.on(sale.ports, sale.settings, new SaleListener() {
            @Override
            public void orderAccepted(Order order) {
                told.add(order);
            }
        });
        Order order = sale.ordered(product, 3);

        assertThat(flashsale.operator(CAUSE).accept(order.id())).isEqualTo(accept(order));

        assertThat(told).containsExactly(order.with(OrderStatus.PAID));
        assertThat(flashsale.orders().view(order.id()).flatMap(OrderView::paidAt))
                .isEqualTo(Optional.of(sale.database.now()));
    }

    private DeadlineOutcome extend(Order order, Instant deadline) {
        return sale.flashsale.operator(CAUSE).extend(order.id(), deadline);
    }

    private AcceptOutcome accept(Order order) {
        return sale.flashsale.operator(CAUSE).accept(order.id());
    }

    private List<LogEntry> logged(Action action) {
        return sale.database.operatorLog().stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }
}
