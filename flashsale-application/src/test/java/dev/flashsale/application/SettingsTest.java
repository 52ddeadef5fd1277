package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.batch.GroupCommitBounds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aHoldIsValidForTwoMinutesAndAnOrderWaitsForFifteenUnlessSetOtherwise() {
        assertThat(Settings.defaults()).isEqualTo(new Settings(Duration.ofMinutes(2), Duration.ofMinutes(15), 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P30DT0.000001S"})
    void aDurationOutOfBoundsIsRefusedByItsName(Duration duration) {
        assertThatThrownBy(() -> new Settings(duration, MINUTE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hold ttl must be above 0 and at most 30 days, was " + duration);
        assertThatThrownBy(() -> new Settings(MINUTE, duration, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payment deadline must be above 0 and at most 30 days, was " + duration);
        assertThatThrownBy(() -> new Settings(
                        MINUTE, MINUTE, 1, GroupCommitBounds.defaults(), Duration.ZERO, Duration.ZERO, duration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payment keep must be above 0 and at most 30 days, was " + duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000001S", "P30D"})
    void aDurationWithinBoundsIsTaken(Duration duration) {
        assertThat(new Settings(duration, duration, 10_000).holdTtl()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void anExpiryBatchOutOfBoundsIsRefused(int batch) {
        assertThatThrownBy(() -> new Settings(MINUTE, MINUTE, batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + batch);
    }
}
