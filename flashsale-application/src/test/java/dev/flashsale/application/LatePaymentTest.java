package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A success that comes after the deadline is honoured if the pieces are still there or can be had. */
final class LatePaymentTest {

    private Sale sale = new Sale();

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void anExpiredOrderGetsThePiecesOfExpiredHoldsAndOverdueOrders() {
        ProductId product = sale.productOnSale(4);
        Order expired = sale.expired(product, 4);
        HoldId hold = sale.held(product, 2);
        Order overdue = sale.ordered(product, 2);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(pay(expired)).containsExactly(PaymentEffect.APPLIED);

        assertThat(sale.stored(hold)).isNotInstanceOf(ActiveHold.class);
        assertThat(status(overdue)).isEqualTo(OrderStatus.EXPIRED);
        assertThat(status(expired)).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isZero();
    }

    /** The overdue order's pieces are its own until it has been decided: counted for both, they would be sold twice. */
    @Test
    void anOverdueOrderOfTheSameBatchDoesNotLendItsPieces() {
        ProductId product = sale.productOnSale(2);
        Order expired = sale.expired(product, 2);
        Order overdue = sale.ordered(product, 2);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(pay(expired, overdue)).containsExactly(PaymentEffect.REFUND_REQUIRED, PaymentEffect.APPLIED);

        assertThat(status(expired)).isEqualTo(OrderStatus.EXPIRED);
        assertThat(status(overdue)).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void anOverdueOrderThatFailsInTheSameBatchReturnsItsPiecesOnce() {
        ProductId product = sale.productOnSale(2);
        Order expired = sale.expired(product, 2);
        Order overdue = sale.ordered(product, 2);
        sale.database.advance(sale.settings.paymentDeadline());

        List<PaymentOutcome> outcomes =
                sale.recordPayment.all(List.of(Examples.failure(overdue.id()), Examples.success(expired.id())));

        assertThat(effects(outcomes)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.APPLIED);
        assertThat(status(overdue)).isEqualTo(OrderStatus.FAILED);
        assertThat(status(expired)).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void overdueOrdersOfTheSameBatchDoNotHideOthersBehindThem() {
        sale = Sale.expiringInBatchesOf(1);
        ProductId product = sale.productOnSale(2);
        Order expired = sale.expired(product, 1);
        Order overdue = sale.ordered(product, 1);
        Order overdueToo = sale.ordered(product, 1);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(pay(expired, overdue)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.APPLIED);

        assertThat(status(overdueToo)).isEqualTo(OrderStatus.EXPIRED);
        assertThat(sale.available(product)).isZero();
    }

    private List<PaymentEffect> pay(Order... orders) {
        return effects(sale.recordPayment.all(List.of(orders).stream()
                .map(order -> Examples.success(order.id()))
                .toList()));
    }

    private static List<PaymentEffect> effects(List<PaymentOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> ((PaymentOutcome.Recorded) outcome).payment().effect())
                .toList();
    }

    private OrderStatus status(Order order) {
        return sale.stored(order.id()).status();
    }
}
