package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What costs nothing waits for no payment. */
class FreeOrderTest {

    private static final Cause CAUSE = new Cause("ann", "the customer called");

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @BeforeEach
    void costsNothing() {
        assertThat(sale.flashsale.products().put(new Product(product, "Ticket", Money.of("0", "EUR")), 10))
                .isInstanceOf(AdjustOutcome.Adjusted.class);
    }

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
        assertThat(sale.flashsale.audits().audit().orphans()).isEmpty();
    }

    @Test
    void itIsPaidWhenItIsPlacedAndStaysSo() {
        Order order = placed();

        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.stored(order.id())).isEqualTo(order);
        assertThat(sale.flashsale.orders().view(order.id()).orElseThrow().paidAt())
                .contains(order.placedAt());
        assertThat(sale.placeOrder.one(order.holdId())).isEqualTo(new OrderOutcome.AlreadyPlaced(order));

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.housekeeping().expireOrders()).isZero();
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0, IGNORED", "SUCCESS, , IGNORED", "SUCCESS, 10, REFUND_REQUIRED", "FAILED, 0, IGNORED"})
    void whatAGatewayReportsOfItIsOnlyMoneyToGiveBackWhereThereWasSome(
            PaymentStatus status, BigDecimal amount, PaymentEffect effect) {
        Order order = placed();

        assertThat(effect(report(order.id(), status, amount))).isEqualTo(effect);
        assertThat(sale.stored(order.id())).isEqualTo(order);
    }

    @Test
    void aReportThatCameBeforeItIsIgnoredWithIt() {
        assertThat(effect(report(new OrderId(1), PaymentStatus.SUCCESS, BigDecimal.ZERO)))
                .isEqualTo(PaymentEffect.KEPT);

        assertThat(placed().status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.payments())
                .singleElement()
                .satisfies(payment -> assertThat(payment.effect()).isEqualTo(PaymentEffect.IGNORED));
    }

    @Test
    void anOperatorCancelsItAndItsPiecesReturn() {
        Order order = placed();

        assertThat(sale.flashsale.operator(CAUSE).cancel(order.id()))
                .isEqualTo(new CancelOutcome.Cancelled(order.with(OrderStatus.CANCELLED)));
        assertThat(sale.flashsale.operator(CAUSE).cancel(order.id()))
                .isEqualTo(new CancelOutcome.Cancelled(order.with(OrderStatus.CANCELLED)));

        assertThat(sale.available(product)).isEqualTo(10);
        assertThat(effect(report(order.id(), PaymentStatus.SUCCESS, null))).isEqualTo(PaymentEffect.IGNORED);
    }

    private Order placed() {
        return ((OrderOutcome.Placed) sale.placeOrder.one(sale.held(product, 3))).order();
    }

    private PaymentEffect effect(Payment payment) {
        return ((PaymentOutcome.Recorded) sale.flashsale.payments().record(payment))
                .payment()
                .effect();
    }

    private static Payment report(OrderId id, PaymentStatus status, BigDecimal amount) {
        return new Payment(
                Examples.newTransactionId(), id, status, amount, amount == null ? null : Currency.getInstance("EUR"));
    }
}
