package dev.flashsale.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadlineOutcomeTest {

    private static final Duration LONGEST = Duration.ofDays(3);

    private final Order order = Examples.order(1, Examples.newProductId(), 3);
    private final Instant deadline = order.paymentDeadline();
    private final Instant latest = order.placedAt().plus(LONGEST);

    @Test
    void aPendingOrderWaitsLongerIfItIsSaidBeforeItsDeadline() {
        Instant later = deadline.plusSeconds(60);

        assertThat(decide(order, later, deadline.minusNanos(1000)))
                .isEqualTo(new DeadlineOutcome.Extended(order.withPaymentDeadline(later)));
        assertThat(decide(order, later, deadline)).isEqualTo(new DeadlineOutcome.AlreadyOver(order.id()));
    }

    @Test
    void aRepetitionChangesNothing() {
        assertThat(decide(order, deadline, order.placedAt())).isEqualTo(new DeadlineOutcome.Extended(order));
        assertThat(decide(order, deadline.plusNanos(999), order.placedAt()))
                .isEqualTo(new DeadlineOutcome.Extended(order));
    }

    @Test
    void noOrderGetsLessTimeThanItHasNorMoreThanThereIs() {
        DeadlineOutcome outOfBounds = new DeadlineOutcome.OutOfBounds(deadline, latest);

        assertThat(decide(order, deadline.minusNanos(1000), order.placedAt())).isEqualTo(outOfBounds);
        assertThat(decide(order, latest.plusNanos(1000), order.placedAt())).isEqualTo(outOfBounds);
        assertThat(decide(order, latest, order.placedAt()))
                .isEqualTo(new DeadlineOutcome.Extended(order.withPaymentDeadline(latest)));
    }

    @Test
    void oneThatHasMoreThanThereIsNowKeepsIt() {
        assertThat(DeadlineOutcome.decide(order, deadline, Duration.ofSeconds(1), order.placedAt()))
                .isEqualTo(new DeadlineOutcome.Extended(order));
        assertThat(DeadlineOutcome.decide(order, deadline.plusSeconds(1), Duration.ofSeconds(1), order.placedAt()))
                .isEqualTo(new DeadlineOutcome.OutOfBounds(deadline, deadline));
    }

    @ParameterizedTest
    @CsvSource({"PAID, true", "REFUNDED, true", "FAILED, false", "EXPIRED, false", "CANCELLED, false", "RETURNED, false"
    })
    void nothingElseIsWaitedFor(OrderStatus status, boolean paid) {
        assertThat(decide(order.with(status), deadline.plusSeconds(60), order.placedAt()))
                .isEqualTo(
                        paid
                                ? new DeadlineOutcome.AlreadyPaid(order.id())
                                : new DeadlineOutcome.AlreadyOver(order.id()));
    }

    private static DeadlineOutcome decide(Order order, Instant wished, Instant now) {
        return DeadlineOutcome.decide(order, wished, LONGEST, now);
    }
}
