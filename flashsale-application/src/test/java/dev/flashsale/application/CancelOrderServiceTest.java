package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CancelOrderServiceTest {

    private static final Cause CAUSE = new Cause("ann", "fraud");

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @ParameterizedTest
    @EnumSource
    void aPendingOrderIsCancelledOnceAndItsPiecesReturn(Fate fate) {
        Order order = sale.ordered(product, 3);
        sale.transactions.meet(fate);

        CancelOutcome outcome = cancel(order);

        assertThat(outcome).isEqualTo(new CancelOutcome.Cancelled(order.with(OrderStatus.CANCELLED)));
        assertThat(cancel(order)).isEqualTo(outcome);
        assertThat(sale.stored(order.id())).isEqualTo(order.with(OrderStatus.CANCELLED));
        assertThat(sale.available(product)).isEqualTo(10);
        assertThat(sale.database.operatorLog())
                .endsWith(new LogEntry(
                        sale.database.now(),
                        CAUSE,
                        Action.ORDER_CANCELLED,
                        order.id().value(),
                        "3 of product " + product + " returned"))
                .hasSize(2);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void whatIsPaidOrOverIsNotCancelled() {
        Order paid = sale.paid(product, 1);
        Order expired = sale.expired(product, 2);

        assertThat(cancel(paid)).isEqualTo(new CancelOutcome.AlreadyPaid(paid.id()));
        assertThat(cancel(expired)).isEqualTo(new CancelOutcome.AlreadyOver(expired.id()));

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(9);
    }

    @Test
    void anOrderThatDoesNotExistIsUnknown() {
        assertThat(sale.flashsale.operator(CAUSE).cancel(Examples.unknownOrderId()))
                .isInstanceOf(CancelOutcome.UnknownOrder.class);
    }

    @Test
    void aLateSuccessMustBeGivenBackThoughThereIsStock() {
        Order order = sale.ordered(product, 3);
        assertThat(cancel(order)).isInstanceOf(CancelOutcome.Cancelled.class);
        Payment success = Examples.success(order.id());
        Payment failure = Examples.failure(order.id());

        assertThat(sale.recordPayment.one(success))
                .isEqualTo(new PaymentOutcome.Recorded(
                        new RecordedPayment(success, PaymentEffect.REFUND_REQUIRED, OrderStatus.CANCELLED)));
        assertThat(sale.recordPayment.one(failure))
                .isEqualTo(new PaymentOutcome.Recorded(
                        new RecordedPayment(failure, PaymentEffect.IGNORED, OrderStatus.CANCELLED)));
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void theHoldOfACancelledOrderIsNotOrderedAgain() {
        Order order = sale.ordered(product, 3);
        assertThat(cancel(order)).isInstanceOf(CancelOutcome.Cancelled.class);

        assertThat(sale.placeOrder.one(order.holdId()))
                .isEqualTo(new OrderOutcome.AlreadyPlaced(order.with(OrderStatus.CANCELLED)));
        assertThat(sale.available(product)).isEqualTo(10);
    }

    private CancelOutcome cancel(Order order) {
        return sale.flashsale.operator(CAUSE).cancel(order.id());
    }
}
