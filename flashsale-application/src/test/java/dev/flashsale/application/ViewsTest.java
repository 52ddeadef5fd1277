package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.util.Optional;
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
        HoldView shown = new HoldView(sale.stored(order.holdId()), HoldStatus.ORDERED, Optional.of(order));
        assertThat(sale.flashsale.holds().view(order.holdId())).contains(shown);

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.holds().view(order.holdId()).orElseThrow().order())
                .contains(order.with(OrderStatus.EXPIRED));
    }

    @Test
    void anOrderIsShownAsItReadsNow() {
        Order order = sale.ordered(product, 1);
        Order paid = sale.paid(product, 1);
        assertThat(sale.flashsale.orders().view(order.id())).contains(order);

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.orders().view(order.id())).contains(order.with(OrderStatus.EXPIRED));
        assertThat(sale.flashsale.orders().view(paid.id())).contains(paid.with(OrderStatus.PAID));
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
        return new HoldView(sale.stored(id), status, Optional.empty());
    }
}
