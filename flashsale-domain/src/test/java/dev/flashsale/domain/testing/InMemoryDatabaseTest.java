package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fakes are stricter than a database: a write that changes no row is a mistake of the caller. */
final class InMemoryDatabaseTest {

    private static final ProductId PRODUCT = Examples.newProductId();

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final Repositories repositories = database.repositories();

    @Test
    void aStockThatDoesNotExistIsNotSaved() {
        assertThatThrownBy(() -> repositories.stocks().save(List.of(Stock.untouched(PRODUCT, 1))))
                .hasMessageContaining("no such row: " + PRODUCT);
    }

    @Test
    void aHoldThatDoesNotExistDoesNotEndAndOneThatEndedDoesNotEndAgain() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, Examples.NOW);
        assertThatThrownBy(() -> repositories.holds().end(List.of(hold.end(HoldEnd.EXPIRED))))
                .hasMessageContaining("no such row: " + hold.id());

        repositories.holds().insert(List.of(hold));
        repositories.holds().end(List.of(hold.end(HoldEnd.EXPIRED)));

        assertThatThrownBy(() -> repositories.holds().end(List.of(hold.end(HoldEnd.ORDERED))))
                .hasMessageContaining("ended before: " + hold.id());
    }

    @Test
    void anOrderThatDoesNotExistIsNotSavedAndOneThatDoesKeepsAllButItsStatus() {
        Order unknown = Examples.order(99, PRODUCT, 1);
        assertThatThrownBy(() -> repositories.orders().save(List.of(unknown))).hasMessageContaining("no such row: 99");

        ActiveHold hold = Examples.hold(PRODUCT, 1, Examples.NOW);
        Order order = repositories
                .orders()
                .insert(List.of(Examples.newOrder(hold, Examples.NOW)))
                .get(hold.id());
        Order other = Examples.newOrder(hold, Instant.EPOCH).numbered(order.id());
        repositories.orders().save(List.of(other.with(OrderStatus.PAID)));

        assertThat(database.orders()).containsExactly(order.with(OrderStatus.PAID));
    }

    @Test
    void aPaymentThatIsNotKeptIsNotSettled() {
        RecordedPayment ignored = new RecordedPayment(
                Examples.failure(Examples.unknownOrderId()), PaymentEffect.IGNORED, OrderStatus.PAID);
        assertThatThrownBy(() -> repositories.payments().settle(List.of(ignored)))
                .hasMessageContaining("no such row");

        repositories.payments().insert(List.of(ignored));

        assertThatThrownBy(() -> repositories.payments().settle(List.of(ignored)))
                .hasMessageContaining("settled before");
    }

    @Test
    void whatWasWrittenSinceASnapshotIsForgotten() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, Examples.NOW);
        repositories.stocks().insert(List.of(Stock.untouched(PRODUCT, 5)));
        repositories.holds().insert(List.of(hold));
        InMemoryDatabase.Snapshot snapshot = database.snapshot();

        repositories.stocks().save(List.of(new Stock(PRODUCT, 5, 1)));
        repositories.holds().end(List.of(hold.end(HoldEnd.RELEASED)));
        database.restore(snapshot);
        repositories.stocks().save(List.of(new Stock(PRODUCT, 5, 2)));
        database.restore(snapshot);

        assertThat(database.stocks()).containsExactly(Stock.untouched(PRODUCT, 5));
        assertThat(database.holds()).containsExactly(hold);
    }

    @Test
    void theClockMovesWhenToldInMicroseconds() {
        database.setNow(Instant.parse("2026-11-27T08:00:00.123456789Z"));
        database.advance(Duration.ofSeconds(1));

        assertThat(database.now()).isEqualTo("2026-11-27T08:00:01.123456Z");
    }
}
