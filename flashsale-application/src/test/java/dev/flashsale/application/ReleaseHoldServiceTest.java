package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReleaseHoldServiceTest {

    private final Sale sale = new Sale();

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aReleasedHoldsPiecesReturnOnce() {
        ProductId product = sale.productOnSale(10);
        HoldId id = sale.held(product, 3);
        EndedHold released = ((ActiveHold) sale.stored(id)).end(HoldEnd.RELEASED);

        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.Released(released));
        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.Released(released));

        assertThat(sale.stored(id)).isEqualTo(released);
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void aHoldThatDoesNotExistIsUnknown() {
        HoldId id = Examples.newHoldId();

        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.UnknownHold(id));
    }

    @Test
    void anOrderedHoldIsNotReleased() {
        ProductId product = sale.productOnSale(10);
        HoldId id = sale.ordered(product, 3).holdId();

        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.AlreadyOrdered(id));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anExpiredHoldIsNotReleasedAndItsPiecesReturnAsExpired() {
        ProductId product = sale.productOnSale(10);
        HoldId id = sale.held(product, 3);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.AlreadyExpired(id));
        assertThat(sale.available(product)).isEqualTo(7);

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(sale.releaseHold.one(id)).isEqualTo(new ReleaseOutcome.AlreadyExpired(id));
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void aBatchReturnsThePiecesOfEveryHoldOnce() {
        ProductId one = sale.productOnSale(10);
        ProductId other = sale.productOnSale(10);
        HoldId first = sale.held(one, 3);
        HoldId second = sale.held(other, 4);
        HoldId third = sale.held(one, 5);
        HoldId kept = sale.held(other, 1);
        HoldId unknown = Examples.newHoldId();

        List<ReleaseOutcome> outcomes = sale.releaseHold.all(List.of(third, second, unknown, third, first));

        assertThat(outcomes)
                .containsExactly(
                        new ReleaseOutcome.Released((EndedHold) sale.stored(third)),
                        new ReleaseOutcome.Released((EndedHold) sale.stored(second)),
                        new ReleaseOutcome.UnknownHold(unknown),
                        new ReleaseOutcome.Released((EndedHold) sale.stored(third)),
                        new ReleaseOutcome.Released((EndedHold) sale.stored(first)));
        assertThat(sale.stored(kept)).isInstanceOf(ActiveHold.class);
        assertThat(sale.available(one)).isEqualTo(10);
        assertThat(sale.available(other)).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void piecesReturnOnceWhenTheFirstAttemptWasLost(Fate fate) {
        ProductId product = sale.productOnSale(10);
        HoldId id = sale.held(product, 3);
        sale.transactions.meet(fate);

        assertThat(sale.releaseHold.one(id)).isInstanceOf(ReleaseOutcome.Released.class);
        assertThat(sale.available(product)).isEqualTo(10);
    }
}
