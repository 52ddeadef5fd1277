package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.testing.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlaceOrderServiceTest {

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aValidHoldBecomesAPendingOrderThatKeepsItsPieces() {
        HoldId hold = sale.held(product, 3);
        Instant now = sale.database.now();

        OrderOutcome outcome = sale.placeOrder.one(hold);

        Order order = sale.database.orders().get(0);
        assertThat(outcome).isEqualTo(new OrderOutcome.Placed(order));
        assertThat(order)
                .isEqualTo(new Order(
                        order.id(),
                        hold,
                        Lines.of(product, sale.stored(hold).lines().first().quantity()),
                        Examples.PRICE.times(3),
                        now,
                        now.plus(sale.settings.paymentDeadline()),
                        OrderStatus.PENDING,
                        Set.of()));
        assertThat(((EndedHold) sale.stored(hold)).how()).isEqualTo(HoldEnd.ORDERED);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anOrderOwesThePriceAtWhichItIsPlaced() {
        HoldId hold = sale.held(product, 3);
        Product dearer = new Product(product, "Console", Money.of("100", "EUR"));
        assertThat(sale.flashsale.products().put(dearer, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);

        assertThat(sale.placeOrder.one(hold)).isInstanceOf(OrderOutcome.Placed.class);

        assertThat(sale.database.orders().get(0).amount()).isEqualTo(Money.of("300.00", "EUR"));
    }

    @Test
    void theSameHoldAgainGivesTheSameOrderAsItIsByThen() {
        Order pending = sale.ordered(product, 3);
        Order paid = sale.paid(product, 2);

        assertThat(again(pending)).isEqualTo(new OrderOutcome.AlreadyPlaced(pending));
        assertThat(again(paid)).isEqualTo(new OrderOutcome.AlreadyPlaced(paid.with(OrderStatus.PAID)));

        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(again(pending)).isEqualTo(new OrderOutcome.AlreadyPlaced(pending.with(OrderStatus.EXPIRED)));
        assertThat(sale.database.orders()).hasSize(2);
    }

    @Test
    void aHoldThatDoesNotExistIsUnknown() {
        HoldId unknown = Examples.newHoldId();

        assertThat(sale.placeOrder.one(unknown)).isEqualTo(new OrderOutcome.UnknownHold(unknown));
    }

    @Test
    void anExpiredHoldIsRefusedWhetherOrNotItWasSwept() {
        HoldId hold = sale.held(product, 3);
        Instant expiredAt = sale.stored(hold).expiresAt();
        sale.database.setNow(expiredAt);
        OrderOutcome refused = new OrderOutcome.HoldExpired(hold, expiredAt);

        assertThat(sale.placeOrder.one(hold)).isEqualTo(refused);
        assertThat(sale.stored(hold)).isInstanceOf(ActiveHold.class);

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(sale.placeOrder.one(hold)).isEqualTo(refused);
        assertThat(sale.database.orders()).isEmpty();
    }

    @Test
    void aReleasedHoldIsRefused() {
        HoldId hold = sale.held(product, 3);
        sale.flashsale.holds().release(hold);

        assertThat(sale.placeOrder.one(hold)).isEqualTo(new OrderOutcome.HoldReleased(hold));
        assertThat(sale.database.orders()).isEmpty();
    }

    @Test
    void aBatchIsAnsweredInItsOrderAndEveryHoldIsOrderedOnce() {
        ProductId other = sale.productOnSale(10);
        Order known = sale.ordered(other, 1);
        HoldId expired = sale.held(product, 1);
        sale.database.advance(sale.settings.holdTtl());
        HoldId first = sale.held(product, 2);
        HoldId second = sale.held(other, 3);
        HoldId unknown = Examples.newHoldId();

        List<OrderOutcome> outcomes =
                sale.placeOrder.all(List.of(second, unknown, known.holdId(), first, second, expired, known.holdId()));

        Order ofFirst = orderOf(first);
        Order ofSecond = orderOf(second);
        assertThat(outcomes)
                .containsExactly(
                        new OrderOutcome.Placed(ofSecond),
                        new OrderOutcome.UnknownHold(unknown),
                        new OrderOutcome.AlreadyPlaced(known),
                        new OrderOutcome.Placed(ofFirst),
                        new OrderOutcome.AlreadyPlaced(ofSecond),
                        new OrderOutcome.HoldExpired(
                                expired, sale.stored(expired).expiresAt()),
                        new OrderOutcome.AlreadyPlaced(known));
        assertThat(sale.database.orders()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void aHoldBecomesOneOrderWhenTheFirstAttemptWasLost(Fate fate) {
        HoldId hold = sale.held(product, 3);
        sale.transactions.meet(fate);

        OrderOutcome outcome = sale.placeOrder.one(hold);

        assertThat(sale.database.orders()).hasSize(1);
        assertThat(outcome)
                .isEqualTo(
                        fate == Fate.ROLLED_BACK
                                ? new OrderOutcome.Placed(orderOf(hold))
                                : new OrderOutcome.AlreadyPlaced(orderOf(hold)));
    }

    private OrderOutcome again(Order order) {
        return sale.placeOrder.one(order.holdId());
    }

    private Order orderOf(HoldId hold) {
        return sale.database.orders().stream()
                .filter(order -> order.holdId().equals(hold))
                .findFirst()
                .orElseThrow();
    }
}
