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
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        NewOrder order = policy.convert(hold, Map.of(hold.lines().first().productId(), Money.of("19.99", "EUR")), NOW)
                .orElseThrow();

        assertThat(order)
                .isEqualTo(new NewOrder(
                        hold.id(), hold.lines(), Money.of("59.97", "EUR"), NOW, NOW.plus(Duration.ofMinutes(15))));
        assertThat(order.numbered(new OrderId(5)))
                .isEqualTo(new Order(
                        new OrderId(5),
                        hold.id(),
                        hold.lines(),
                        Money.of("59.97", "EUR"),
                        NOW,
                        NOW.plus(Duration.ofMinutes(15)),
                        OrderStatus.PENDING,
                        Set.of()));
    }

    @Test
    void anOrderOfSeveralProductsOwesTheSumIfThereIsOne() {
        ProductId other = new ProductId(8);
        ActiveHold ofSeveral = new ActiveHold(
                hold.id(), Lines.of(List.of(hold.lines().first(), new Item(other, new Quantity(2)))), NOW, null, 0);
        Money price = Money.of("19.99", "EUR");

        assertThat(policy.convert(
                        ofSeveral,
                        Map.of(hold.lines().first().productId(), price, other, Money.of("0.50", "EUR")),
                        NOW))
                .hasValueSatisfying(order -> {
                    assertThat(order.amount()).isEqualTo(Money.of("60.97", "EUR"));
                    assertThat(order.lines().items())
                            .isEqualTo(ofSeveral.lines().items());
                });
        assertThat(policy.convert(
                        ofSeveral, Map.of(hold.lines().first().productId(), price, other, Money.of("1", "JPY")), NOW))
                .isEmpty();
    }

    @Test
    void anOrderOfWhichALineHasExpiredHasExpiredAndKeepsTheOthersPieces() {
        Lines lines = Lines.of(List.of(
                new Item(new ProductId(7), new Quantity(3)),
                new Item(new ProductId(8), new Quantity(2)),
                new Item(new ProductId(9), new Quantity(1))));
        Order order = new NewOrder(hold.id(), lines, Examples.PRICE, NOW, NOW.plusSeconds(1)).numbered(new OrderId(1));
        List<OrderLine> rows = OrderLine.of(order);

        assertThat(Order.of(rows)).isEqualTo(order);
        assertThat(Order.of(rows).returned()).isEmpty();
        Order expired = Order.of(List.of(rows.get(0), rows.get(1).with(OrderStatus.EXPIRED), rows.get(2)));

        assertThat(expired.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(expired.returned()).containsExactly(lines.items().get(1));
        assertThat(Order.of(List.of(rows.get(0).with(OrderStatus.EXPIRED), rows.get(1), rows.get(2)))
                        .returned())
                .containsExactly(lines.first());
        assertThat(expired.with(OrderStatus.PAID).returned()).isEmpty();
        assertThat(expired.with(OrderStatus.PAID).with(OrderStatus.FAILED).returned())
                .isEqualTo(expired.lines().items());
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
