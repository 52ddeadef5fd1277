package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ViewsTest {

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @Test
    void aProductIsShownWithWhatABuyerCouldTakeNow() {
        sale.held(product, 1);
        sale.ordered(product, 2);
        sale.paid(product, 3);
        assertThat(sale.flashsale.products().view(product))
                .contains(new ProductView(Examples.product(product), new Stock(product, 10, 4), SaleState.OPEN));

        sale.database.advance(sale.settings.holdTtl());
        assertThat(sale.flashsale.products().view(product).orElseThrow().stock())
                .isEqualTo(new Stock(product, 10, 5));

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.products().view(product).orElseThrow().stock())
                .isEqualTo(new Stock(product, 10, 7));
    }

    @Test
    void severalProductsAreShownOfOneReading() {
        ProductId other = sale.productOnSale(5);
        sale.held(other, 2);

        assertThat(sale.flashsale.products().views(Set.of(product, other, Examples.newProductId())))
                .containsOnly(
                        Map.entry(
                                product, sale.flashsale.products().view(product).orElseThrow()),
                        Map.entry(
                                other,
                                new ProductView(Examples.product(other), new Stock(other, 5, 3), SaleState.OPEN)));
    }

    @Test
    void aHoldIsShownAsItReadsNow() {
        HoldId id = sale.held(product, 1);
        assertThat(sale.flashsale.holds().view(id)).contains(view(id, HoldStatus.ACTIVE));

        sale.database.advance(sale.settings.holdTtl());
        assertThat(sale.flashsale.holds().view(id)).contains(view(id, HoldStatus.EXPIRED));

        HoldId released = sale.held(product, 1);
        sale.flashsale.holds().release(released);
        assertThat(sale.flashsale.holds().view(released)).contains(view(released, HoldStatus.RELEASED));
    }

    @Test
    void anOrderedHoldIsShownWithItsOrderAsItReadsNow() {
        Order order = sale.ordered(product, 1);
        HoldView shown = new HoldView(sale.stored(order.holdId()), HoldStatus.ORDERED, 0, Optional.of(order));
        assertThat(sale.flashsale.holds().view(order.holdId())).contains(shown);

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.holds().view(order.holdId()).orElseThrow().order())
                .contains(order.with(OrderStatus.EXPIRED));
    }

    @Test
    void anOrderIsShownAsItReadsNow() {
        Order order = sale.ordered(product, 1);
        Order paid = sale.paid(product, 1);
        assertThat(sale.flashsale.orders().view(order.id()).map(OrderView::order))
                .contains(order);

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.orders().view(order.id()).map(OrderView::order))
                .contains(order.with(OrderStatus.EXPIRED));
        assertThat(sale.flashsale.orders().view(paid.id()).map(OrderView::order))
                .contains(paid.with(OrderStatus.PAID));
    }

    @Test
    void anOrderSaysWhoseItIsAndWhenItWasPaidAndByWhat() {
        CustomerId customer = new CustomerId("c-1");
        HoldRequest request =
                new HoldRequest(sale.flashsale.holds().newId(), Lines.of(product, new Quantity(1)), customer);
        assertThat(sale.flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(sale.flashsale.orders().place(request.holdId())).isInstanceOf(OrderOutcome.Placed.class);
        Order order = sale.flashsale
                .holds()
                .view(request.holdId())
                .orElseThrow()
                .order()
                .orElseThrow();
        assertThat(sale.flashsale.orders().view(order.id())).contains(new OrderView(order, customer, List.of()));

        sale.database.advance(Duration.ofSeconds(3));
        Payment success = Examples.success(order.id());
        Payment again = Examples.success(order.id());
        sale.flashsale.payments().record(success);
        sale.database.advance(Duration.ofSeconds(3));
        sale.flashsale.payments().record(again);

        OrderView paid = sale.flashsale.orders().view(order.id()).orElseThrow();
        assertThat(paid.customerId()).isEqualTo(customer);
        assertThat(paid.paidAt()).contains(order.placedAt().plusSeconds(3));
        assertThat(paid.payments())
                .extracting(ReceivedPayment::payment)
                .containsExactly(
                        new RecordedPayment(success, PaymentEffect.APPLIED, OrderStatus.PAID),
                        new RecordedPayment(again, PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID));
        assertThat(sale.flashsale
                        .lists()
                        .allOrders(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .containsExactly(paid);
        assertThat(sale.flashsale
                        .lists()
                        .orders(product, OrderStatus.PAID, Optional.empty(), PageSize.DEFAULT)
                        .items())
                .containsExactly(paid);
    }

    @Test
    void aPaymentThatCameFirstPaysItsOrderWhenThatIsPlaced() {
        Order order = sale.ordered(product, 1);
        ReceivedPayment early = new ReceivedPayment(
                1,
                new RecordedPayment(Examples.success(order.id()), PaymentEffect.APPLIED, OrderStatus.PAID),
                order.placedAt().minusSeconds(5));

        assertThat(new OrderView(order, null, List.of(early)).paidAt()).contains(order.placedAt());
        assertThat(new OrderView(order, null, List.of()).paidAt()).isEmpty();
    }

    @Test
    void whatDoesNotExistIsNotShown() {
        assertThat(sale.flashsale.products().view(Examples.newProductId())).isEmpty();
        assertThat(sale.flashsale.holds().view(Examples.newHoldId())).isEmpty();
        assertThat(sale.flashsale.orders().view(Examples.unknownOrderId())).isEmpty();
    }

    @Test
    void newHoldIdsAreOrderedInTimeAndUnique() {
        HoldId one = sale.flashsale.holds().newId();
        HoldId other = sale.flashsale.holds().newId();

        assertThat(one).isNotEqualTo(other);
        assertThat(one.value().version()).isEqualTo(7);
    }

    private HoldView view(HoldId id, HoldStatus status) {
        return new HoldView(sale.stored(id), status, status == HoldStatus.ACTIVE ? 1 : 0, Optional.empty());
    }
}
