package dev.flashsale.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant BEGIN = Instant.parse("2026-11-27T08:00:00Z");

    @Test
    void itIsTriedSoonAndThenEverMoreRarelyForThreeDays() {
        List<Duration> pauses = new ArrayList<>();
        Optional<Position> next = Optional.of(Position.at(1, 4));
        Instant now = BEGIN;
        while (true) {
            Position before = next.get();
            next = RetryPolicy.afterFailure(before, 500, null, now);
            if (next.isEmpty()) {
                break;
            }
            Instant nextAt = next.get().nextAt();
            pauses.add(Duration.between(now, nextAt));
            assertThat(next.get().number()).isEqualTo(4);
            assertThat(next.get().firstFailedAt()).isEqualTo(BEGIN);
            now = nextAt;
        }

        assertThat(pauses.subList(0, RetryPolicy.PAUSES.size())).isEqualTo(RetryPolicy.PAUSES);
        assertThat(pauses.subList(RetryPolicy.PAUSES.size(), pauses.size())).containsOnly(Duration.ofHours(8));
        assertThat(Duration.between(BEGIN, now))
                .isBetween(Duration.ofDays(3), Duration.ofDays(3).plusHours(8));
    }

    @Test
    void whoIsGoneIsGivenUpAtOnce() {
        assertThat(RetryPolicy.afterFailure(Position.at(1, 4), 410, null, BEGIN))
                .isEmpty();
    }

    @Test
    void whoAsksForMoreTimeGetsItWithinReason() {
        Position at = Position.at(1, 4);

        assertThat(RetryPolicy.afterFailure(at, 503, Duration.ofMinutes(1), BEGIN)
                        .orElseThrow()
                        .nextAt())
                .isEqualTo(BEGIN.plusSeconds(60));
        assertThat(RetryPolicy.afterFailure(at, 429, Duration.ofSeconds(1), BEGIN)
                        .orElseThrow()
                        .nextAt())
                .isEqualTo(BEGIN.plusSeconds(5));
        assertThat(RetryPolicy.afterFailure(at, 503, Duration.ofDays(365), BEGIN)
                        .orElseThrow()
                        .nextAt())
                .isEqualTo(BEGIN.plus(Duration.ofHours(8)));
    }
}
