package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aHoldIsValidForTwoMinutesAndAnOrderWaitsForFifteenUnlessSetOtherwise() {
        Settings usual = Settings.defaults();

        assertThat(usual.holdTtl()).isEqualTo(Duration.ofMinutes(2));
        assertThat(usual.holdExtensions()).isEqualTo(1);
        assertThat(usual.paymentDeadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(usual.expiryBatch()).isEqualTo(500);
        assertThat(usual.readMemory()).isEqualTo(Duration.ofMillis(50));
        assertThat(usual.soldOutMemory()).isEqualTo(Duration.ofMillis(200));
        assertThat(usual.paymentKeep()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P30DT0.000001S"})
    void aDurationOutOfBoundsIsRefusedByItsName(Duration duration) {
        assertThatThrownBy(() -> Settings.builder()
                        .holdTtl(duration)
                        .paymentDeadline(MINUTE)
                        .expiryBatch(1)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hold ttl must be above 0 and at most 30 days, was " + duration);
        assertThatThrownBy(() -> Settings.builder()
                        .holdTtl(MINUTE)
                        .paymentDeadline(duration)
                        .expiryBatch(1)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payment deadline must be above 0 and at most 30 days, was " + duration);
        assertThatThrownBy(() -> Settings.builder()
                        .holdTtl(MINUTE)
                        .paymentDeadline(MINUTE)
                        .expiryBatch(1)
                        .paymentKeep(duration)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payment keep must be above 0 and at most 30 days, was " + duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000001S", "P30D"})
    void aDurationWithinBoundsIsTaken(Duration duration) {
        assertThat(Settings.builder()
                        .holdTtl(duration)
                        .paymentDeadline(duration)
                        .expiryBatch(10_000)
                        .build()
                        .holdTtl())
                .isEqualTo(duration);
    }

    @Test
    void aHoldCanBeExtendedFromNeverToAHundredTimes() {
        assertThat(Settings.builder().holdExtensions(0).build().holdExtensions())
                .isZero();
        assertThat(Settings.builder().holdExtensions(100).build().toBuilder()
                        .build()
                        .holdExtensions())
                .isEqualTo(100);
        for (int refused : new int[] {-1, 101}) {
            assertThatThrownBy(() -> Settings.builder().holdExtensions(refused).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("hold extensions must be from 0 to 100, was " + refused);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void anExpiryBatchOutOfBoundsIsRefused(int batch) {
        assertThatThrownBy(() -> Settings.builder()
                        .holdTtl(MINUTE)
                        .paymentDeadline(MINUTE)
                        .expiryBatch(batch)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + batch);
    }
}
