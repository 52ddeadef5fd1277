package dev.flashsale.domain.order;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.order.OrderPolicy.Decision;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderPolicyTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    private final OrderPolicy policy = new OrderPolicy(Duration.ofMinutes(15));
    private final ActiveHold hold = Examples.hold(new ProductId(7), 3, NOW);

    @Test
    void aHoldIsConvertedUntilTheMicrosecondBeforeItsTimeIsOver() {
        assertThat(policy.decide(hold, NOW.minus(MICROSECOND))).isEqualTo(new Decision.Convert(hold));

        assertThat(policy.decide(hold, NOW))
                .isEqualTo(new Decision.Refuse(new OrderOutcome.HoldExpired(hold.id(), NOW)));
    }

    @Test
    void aHoldThatWasExpiredIsRefusedWhateverTheTime() {
        assertThat(policy.decide(hold.end(HoldEnd.EXPIRED), NOW.minusSeconds(1)))
                .isEqualTo(new Decision.Refuse(new OrderOutcome.HoldExpired(hold.id(), NOW)));
    }

    @Test
    void anOrderedHoldIsARepetitionAtAnyTime() {
        EndedHold ordered = hold.end(HoldEnd.ORDERED);

        assertThat(policy.decide(ordered, NOW.plusSeconds(3600))).isEqualTo(new Decision.Repeat(ordered));
    }

    @Test
    void aReleasedHoldIsRefusedAsReleasedEvenAfterItsTime() {
        assertThat(policy.decide(hold.end(HoldEnd.RELEASED), NOW.plusSeconds(1)))
                .isEqualTo(new Decision.Refuse(new OrderOutcome.HoldReleased(hold.id())));
    }

    @Test
    void anOrderOwesThePriceOfEveryPieceAndWaitsForIt() {
        NewOrder order = policy.convert(hold, Money.of("19.99", "EUR"), NOW);

        assertThat(order)
                .isEqualTo(new NewOrder(
                        hold.id(),
                        hold.productId(),
                        hold.quantity(),
                        Money.of("59.97", "EUR"),
                        NOW,
                        NOW.plus(Duration.ofMinutes(15))));
        assertThat(order.numbered(new OrderId(5)))
                .isEqualTo(new Order(
                        new OrderId(5),
                        hold.id(),
                        hold.productId(),
                        hold.quantity(),
                        Money.of("59.97", "EUR"),
                        NOW,
                        NOW.plus(Duration.ofMinutes(15)),
                        OrderStatus.PENDING));
    }

    @Test
    void anOrderOfSeveralProductsOwesTheSumIfThereIsOne() {
        ProductId other = new ProductId(8);
        ActiveHold ofSeveral = new ActiveHold(
                hold.id(),
                hold.productId(),
                hold.quantity(),
                NOW,
                null,
                false,
                List.of(new Item(other, new Quantity(2))));
        Money price = Money.of("19.99", "EUR");

        assertThat(policy.convert(ofSeveral, Map.of(hold.productId(), price, other, Money.of("0.50", "EUR")), NOW))
                .hasValueSatisfying(order -> {
                    assertThat(order.amount()).isEqualTo(Money.of("60.97", "EUR"));
                    assertThat(order.items()).isEqualTo(ofSeveral.items());
                });
        assertThat(policy.convert(ofSeveral, Map.of(hold.productId(), price, other, Money.of("1", "JPY")), NOW))
                .isEmpty();
    }

    @Test
    void anOrderOfWhichALineHasExpiredHasExpiredAndKeepsTheOthersPieces() {
        Order first = Examples.order(1, new ProductId(7), 3);
        Order second = Examples.order(2, new ProductId(8), 2);
        Order third = Examples.order(3, new ProductId(9), 1);

        assertThat(Order.whole(first, List.of(second, third)).returned()).isEmpty();
        Order expired = Order.whole(first, List.of(second.with(OrderStatus.EXPIRED), third));

        assertThat(expired.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(expired.returned()).containsExactly(new Item(second.productId(), second.quantity()));
        assertThat(Order.whole(first.with(OrderStatus.EXPIRED), List.of(second, third))
                        .returned())
                .containsExactly(new Item(first.productId(), first.quantity()));
        assertThat(expired.with(OrderStatus.PAID).returned()).isEmpty();
        assertThat(expired.with(OrderStatus.PAID).with(OrderStatus.FAILED).returned())
                .isEqualTo(expired.items());
    }

    @Test
    void anOrderIsPendingUntilTheMicrosecondBeforeItsDeadline() {
        Order order = Examples.order(1, new ProductId(7), 3);

        assertThat(order.asOf(order.paymentDeadline().minus(MICROSECOND))).isEqualTo(order);
        assertThat(order.asOf(order.paymentDeadline())).isEqualTo(order.with(OrderStatus.EXPIRED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PENDING")
    void anOrderThatIsDecidedStaysSoAfterItsDeadline(OrderStatus status) {
        Order order = Examples.order(1, new ProductId(7), 3).with(status);

        assertThat(order.statusAt(order.paymentDeadline().plusSeconds(1))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, true, false",
        "PAID, true, false",
        "FAILED, false, true",
        "EXPIRED, false, true",
        "REFUNDED, true, false",
        "RETURNED, false, false"
    })
    void aStatusTellsWhetherItTakesStockAndWhetherALateSuccessMayTakeItAgain(
            OrderStatus status, boolean takesStock, boolean mayBePaidLate) {
        assertThat(status.takesStock()).isEqualTo(takesStock);
        assertThat(status.mayBePaidLate()).isEqualTo(mayBePaidLate);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void anOrderIdBelowOneIsRefused(long value) {
        assertThatThrownBy(() -> new OrderId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + value);
    }

    @Test
    void orderIdsAreOrderedByNumber() {
        assertThat(new OrderId(2)).isLessThan(new OrderId(10)).hasToString("2");
    }
}
