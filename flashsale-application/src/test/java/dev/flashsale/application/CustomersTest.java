package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomersTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final CustomerId BOB = new CustomerId("bob");
    private static final PageSize TWO = new PageSize(2);

    private final Sale sale = new Sale();
    private final Flashsale flashsale = sale.flashsale;
    private final ProductId product = sale.productOnSale(100);

    @Test
    void aCustomersHoldsAreListedAsTheyReadNowWithTheirOrders() {
        HoldId active = held(ANN, 1);
        HoldId released = held(ANN, 1);
        flashsale.holds().release(released);
        Order order = ordered(held(ANN, 1));
        HoldId unusedOfBob = held(BOB, 1);

        assertThat(holds(ANN))
                .extracting(view -> view.hold().id(), HoldView::status, HoldView::order)
                .containsExactlyInAnyOrder(
                        tuple(active, HoldStatus.ACTIVE, Optional.empty()),
                        tuple(released, HoldStatus.RELEASED, Optional.empty()),
                        tuple(order.holdId(), HoldStatus.ORDERED, Optional.of(order)));

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(holds(ANN))
                .extracting(HoldView::status)
                .containsExactlyInAnyOrder(HoldStatus.EXPIRED, HoldStatus.RELEASED, HoldStatus.ORDERED);
    }

    @Test
    void aCustomersOrdersAreListedAlsoThoseThatCameToNothing() {
        Order pending = ordered(held(ANN, 1));
        Order failed = ordered(held(ANN, 1));
        flashsale.payments().record(Examples.failure(failed.id()));
        HoldId unusedHeld = held(ANN, 1);
        Order unusedOfBob = ordered(held(BOB, 1));

        List<OrderView> seen = new ArrayList<>();
        Optional<CustomersPosition> after = Optional.empty();
        do {
            Page<OrderView, CustomersPosition> page = flashsale.lists().orders(ANN, after, TWO);
            seen.addAll(page.items());
            after = page.next();
        } while (after.isPresent());

        assertThat(seen)
                .extracting(OrderView::order)
                .containsExactlyInAnyOrder(pending, failed.with(OrderStatus.FAILED));
        assertThat(seen).extracting(OrderView::customerId).containsOnly(ANN);
    }

    @Test
    void whatALimitCountsIsWhatIsHeldOrderedAndBought() {
        HoldId active = held(ANN, 1);
        Order pending = ordered(held(ANN, 2));
        Order failed = ordered(held(ANN, 3));
        flashsale.payments().record(Examples.failure(failed.id()));
        flashsale.holds().release(held(ANN, 4));
        HoldId unusedOfBob = held(BOB, 1);

        assertThat(flashsale.lists().countedHolds(product, ANN))
                .containsExactlyInAnyOrder(
                        counted(active, 1, Optional.empty()), counted(pending.holdId(), 2, Optional.of(pending.id())));
        assertThat(flashsale.lists().countedHolds(sale.productOnSale(1), ANN)).isEmpty();
    }

    private static CountedHold counted(HoldId id, int pieces, Optional<OrderId> order) {
        return new CountedHold(id, new Quantity(pieces), order);
    }

    private List<HoldView> holds(CustomerId customer) {
        return flashsale
                .lists()
                .holds(customer, Optional.empty(), PageSize.DEFAULT)
                .items();
    }

    private HoldId held(CustomerId customer, int pieces) {
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), product, new Quantity(pieces), customer);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private Order ordered(HoldId id) {
        assertThat(flashsale.orders().place(id)).isInstanceOf(OrderOutcome.Placed.class);
        return flashsale.holds().view(id).orElseThrow().order().orElseThrow();
    }
}
