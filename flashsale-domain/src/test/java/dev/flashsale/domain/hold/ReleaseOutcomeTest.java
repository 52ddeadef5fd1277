package dev.flashsale.domain.hold;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReleaseOutcomeTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    private final ActiveHold hold = Examples.hold(new ProductId(7), 3, NOW);

    @Test
    void aHoldIsValidUntilTheMicrosecondBeforeItsTimeIsOver() {
        assertThat(hold.validAt(NOW.minus(MICROSECOND))).isTrue();
        assertThat(hold.statusAt(NOW.minus(MICROSECOND))).isEqualTo(HoldStatus.ACTIVE);

        assertThat(hold.validAt(NOW)).isFalse();
        assertThat(hold.statusAt(NOW)).isEqualTo(HoldStatus.EXPIRED);
    }

    @Test
    void anEndedHoldIsWhatItEndedAsAtAnyTime() {
        assertThat(hold.end(HoldEnd.ORDERED).statusAt(NOW.minusSeconds(1))).isEqualTo(HoldStatus.ORDERED);
        assertThat(hold.end(HoldEnd.RELEASED).statusAt(NOW.plusSeconds(1))).isEqualTo(HoldStatus.RELEASED);
        assertThat(hold.end(HoldEnd.EXPIRED).statusAt(NOW.minusSeconds(1))).isEqualTo(HoldStatus.EXPIRED);
    }

    @Test
    void aValidHoldIsReleased() {
        assertThat(ReleaseOutcome.decide(hold, NOW.minus(MICROSECOND)))
                .isEqualTo(new ReleaseOutcome.Released(hold.end(HoldEnd.RELEASED)));
    }

    @Test
    void anExpiredHoldIsNotReleasedWhetherOrNotItsPiecesWereReturned() {
        ReleaseOutcome expired = new ReleaseOutcome.AlreadyExpired(hold.id());

        assertThat(ReleaseOutcome.decide(hold, NOW)).isEqualTo(expired);
        assertThat(ReleaseOutcome.decide(hold.end(HoldEnd.EXPIRED), NOW)).isEqualTo(expired);
    }

    @Test
    void aReleasedHoldIsReleasedAgainAtAnyTime() {
        EndedHold released = hold.end(HoldEnd.RELEASED);

        assertThat(ReleaseOutcome.decide(released, NOW.plusSeconds(1)))
                .isEqualTo(new ReleaseOutcome.Released(released));
    }

    @Test
    void anOrderedHoldIsNotReleased() {
        assertThat(ReleaseOutcome.decide(hold.end(HoldEnd.ORDERED), NOW.minus(MICROSECOND)))
                .isEqualTo(new ReleaseOutcome.AlreadyOrdered(hold.id()));
    }
}
