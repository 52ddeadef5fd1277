package dev.flashsale.application.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.EventListener;
import dev.flashsale.domain.event.EventKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Subscriptions subscriptions =
            new Subscriptions(Set.of(EventKind.ORDER_PAID), EventListener.NONE, nanos::get);

    @Test
    void whatIsKeptForAWhileIsKeptUntilThenBesideAllOthers() {
        subscriptions.keep(Set.of(EventKind.SOLD_OUT));
        subscriptions.keepFor(Set.of(EventKind.HOLD_PLACED), Duration.ofSeconds(60));

        nanos.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        assertThat(subscriptions.kept())
                .containsExactlyInAnyOrder(EventKind.ORDER_PAID, EventKind.SOLD_OUT, EventKind.HOLD_PLACED);
        assertThat(subscriptions.wants(EventKind.HOLD_PLACED)).isTrue();

        nanos.incrementAndGet();
        assertThat(subscriptions.kept()).containsExactlyInAnyOrder(EventKind.ORDER_PAID, EventKind.SOLD_OUT);
        assertThat(subscriptions.wants(EventKind.HOLD_PLACED)).isFalse();
    }

    @Test
    void whatIsSaidLaterReplacesIt() {
        subscriptions.keepFor(Set.of(EventKind.HOLD_PLACED), Duration.ofSeconds(60));
        subscriptions.keepFor(Set.of(EventKind.SOLD_OUT), Duration.ofSeconds(60));

        assertThat(subscriptions.kept()).containsExactlyInAnyOrder(EventKind.ORDER_PAID, EventKind.SOLD_OUT);
    }
}
