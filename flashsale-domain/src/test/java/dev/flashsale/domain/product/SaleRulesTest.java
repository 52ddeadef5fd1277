package dev.flashsale.domain.product;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SaleRulesTest {

    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void aSaleIsOpenFromItsStartToTheMicrosecondBeforeItsEnd() {
        SaleWindow window = new SaleWindow(NOW, LATER);

        assertThat(window.stateAt(NOW.minusNanos(1000))).isEqualTo(SaleState.UPCOMING);
        assertThat(window.stateAt(NOW)).isEqualTo(SaleState.OPEN);
        assertThat(window.stateAt(LATER.minusNanos(1000))).isEqualTo(SaleState.OPEN);
        assertThat(window.stateAt(LATER)).isEqualTo(SaleState.OVER);
    }

    @Test
    void aWindowMayHaveOneSideOrNone() {
        assertThat(SaleWindow.ALWAYS.stateAt(NOW)).isEqualTo(SaleState.OPEN);
        assertThat(new SaleWindow(NOW, null).stateAt(NOW.minusNanos(1000))).isEqualTo(SaleState.UPCOMING);
        assertThat(new SaleWindow(NOW, null).stateAt(NOW)).isEqualTo(SaleState.OPEN);
        assertThat(new SaleWindow(null, NOW).stateAt(NOW.minusNanos(1000))).isEqualTo(SaleState.OPEN);
        assertThat(new SaleWindow(null, NOW).stateAt(NOW)).isEqualTo(SaleState.OVER);
    }

    @Test
    void aMomentIsKeptInMicroseconds() {
        assertThat(new SaleWindow(NOW.plusNanos(999), null)).isEqualTo(new SaleWindow(NOW, null));
    }

    @Test
    void anEmptyWindowIsRefused() {
        assertThatThrownBy(() -> new SaleWindow(NOW, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the start");
        assertThatThrownBy(() -> new SaleWindow(NOW, NOW.plusNanos(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void aMomentThatNoDatabaseKeepsIsRefused(Instant moment) {
        assertThatThrownBy(() -> new SaleWindow(moment, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + moment);
        assertThatThrownBy(() -> new SaleWindow(null, moment)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSaleIsOpenedFromNowOn() {
        SaleWindow planned = new SaleWindow(LATER, LATER.plusSeconds(60));
        SaleWindow open = new SaleWindow(NOW.minusSeconds(60), LATER);
        SaleWindow over = new SaleWindow(NOW.minusSeconds(60), NOW);

        assertThat(planned.openedAt(NOW)).isEqualTo(new SaleWindow(NOW, LATER.plusSeconds(60)));
        assertThat(open.openedAt(NOW)).isEqualTo(open);
        assertThat(SaleWindow.ALWAYS.openedAt(NOW)).isEqualTo(SaleWindow.ALWAYS);
        assertThat(over.openedAt(NOW)).isEqualTo(new SaleWindow(NOW, null));
    }

    @Test
    void aSaleIsClosedFromNowOn() {
        SaleWindow planned = new SaleWindow(LATER, LATER.plusSeconds(60));
        SaleWindow open = new SaleWindow(NOW.minusSeconds(60), LATER);
        SaleWindow over = new SaleWindow(NOW.minusSeconds(60), NOW);

        assertThat(planned.closedAt(NOW)).isEqualTo(new SaleWindow(null, NOW));
        assertThat(open.closedAt(NOW)).isEqualTo(new SaleWindow(NOW.minusSeconds(60), NOW));
        assertThat(SaleWindow.ALWAYS.closedAt(NOW)).isEqualTo(new SaleWindow(null, NOW));
        assertThat(over.closedAt(NOW)).isEqualTo(over);
        assertThat(new SaleWindow(NOW, null).closedAt(NOW)).isEqualTo(new SaleWindow(null, NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aLimitBelowOneIsRefused(int limit) {
        assertThatThrownBy(() -> new SaleRules(limit, null, SaleWindow.ALWAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + limit);
        assertThatThrownBy(() -> new SaleRules(null, limit, SaleWindow.ALWAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + limit);
    }

    @Test
    void whatIsRetiredIsOverFromNowOn() {
        SaleRules rules = new SaleRules(1, 2, new SaleWindow(NOW, LATER), true);

        assertThat(rules.stateAt(NOW)).isEqualTo(SaleState.OVER);
        assertThat(rules.windowAt(NOW)).isEqualTo(new SaleWindow(null, NOW));
        assertThat(rules.with(SaleWindow.ALWAYS)).isEqualTo(new SaleRules(1, 2, SaleWindow.ALWAYS, true));
        assertThat(SaleRules.NONE.windowAt(NOW)).isEqualTo(SaleWindow.ALWAYS);
    }
}
