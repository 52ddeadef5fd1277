package dev.flashsale.domain.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HoldIdTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1_795_766_400_123L, (1L << 48) - 1})
    void aTimeOrderedIdIsAUuidOfVersion7ThatBeginsWithItsTime(long epochMilli) {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 1000; i++) {
            UUID uuid = HoldId.timeOrdered(epochMilli, random).value();

            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(epochMilli);
        }
    }

    @Test
    void allOtherBitsAreRandom() {
        SplittableRandom random = new SplittableRandom(42);
        long everOneHigh = 0;
        long everOneLow = 0;
        long everZeroHigh = 0;
        long everZeroLow = 0;
        for (int i = 0; i < 200; i++) {
            UUID uuid = HoldId.timeOrdered(0, random).value();
            everOneHigh |= uuid.getMostSignificantBits();
            everOneLow |= uuid.getLeastSignificantBits();
            everZeroHigh |= ~uuid.getMostSignificantBits();
            everZeroLow |= ~uuid.getLeastSignificantBits();
        }

        assertThat(everOneHigh & everZeroHigh).isEqualTo(0xFFFL);
        assertThat(everOneLow & everZeroLow).isEqualTo(0x3FFF_FFFF_FFFF_FFFFL);
    }

    @Test
    void laterIdsComeAfterEarlierOnes() {
        SplittableRandom random = new SplittableRandom(42);

        List<HoldId> ids = LongStream.rangeClosed(1_795_766_400_000L, 1_795_766_401_000L)
                .mapToObj(at -> HoldId.timeOrdered(at, random))
                .toList();

        assertThat(ids).isSorted();
    }

    @Test
    void idsOfOneMomentAreUnique() {
        SecureRandom random = new SecureRandom();

        Set<HoldId> ids = Stream.generate(() -> HoldId.timeOrdered(1_795_766_400_000L, random))
                .limit(100_000)
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(100_000);
    }

    @Test
    void idsAreOrderedByteByByteAsTheyAreWritten() {
        List<HoldId> sorted = Stream.of(
                        new UUID(0, 0),
                        new UUID(0, Long.MAX_VALUE),
                        new UUID(0, Long.MIN_VALUE),
                        new UUID(0, -1),
                        new UUID(Long.MAX_VALUE, 0),
                        new UUID(Long.MIN_VALUE, 0),
                        new UUID(-1, -1))
                .map(HoldId::new)
                .toList();

        assertThat(sorted).isSorted();
        assertThat(sorted.stream().map(HoldId::toString)).isSorted();
        assertThat(sorted.get(3)).isEqualByComparingTo(new HoldId(new UUID(0, -1)));
    }
}
