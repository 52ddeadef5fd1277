package dev.flashsale.application.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HousekeepingLoopTest {

    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private @Nullable HousekeepingLoop loop;

    @AfterEach
    void close() {
        if (loop != null) {
            loop.close();
        }
    }

    @Test
    void goesOnWithinAPassUntilNothingIsLeft() throws InterruptedException {
        AtomicInteger holds = new AtomicInteger(7);
        AtomicInteger orders = new AtomicInteger(3);
        CountDownLatch done = new CountDownLatch(2);
        loop = HousekeepingLoop.start(List.of(() -> takeOne(holds, done), () -> takeOne(orders, done)), NEVER_AGAIN);

        done.await();
        assertThat(holds).hasValue(0);
        assertThat(orders).hasValue(0);
    }

    @Test
    void doesNotLetOneThatNeverEndsKeepTheOtherWaiting() throws InterruptedException {
        CountDownLatch orders = new CountDownLatch(1);
        loop = HousekeepingLoop.start(List.of(() -> 1, () -> takeOne(new AtomicInteger(), orders)), NEVER_AGAIN);

        orders.await();
    }

    @Test
    void triesAgainAfterAFailure() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch thirdCall = new CountDownLatch(3);
        loop = HousekeepingLoop.start(
                List.of(() -> {
                    calls.incrementAndGet();
                    thirdCall.countDown();
                    throw new IllegalStateException("no database");
                }),
                Duration.ofMillis(1));

        thirdCall.await();
        assertThat(calls).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void hasEndedWhenCloseReturns() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        loop = HousekeepingLoop.start(
                List.of(() -> {
                    begun.countDown();
                    return calls.incrementAndGet();
                }),
                Duration.ofNanos(1));
        begun.await();

        loop.close();

        int whenStopped = calls.get();
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(calls).hasValue(whenStopped);
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> HousekeepingLoop.start(List.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the interval must be above 0, was PT0S");
    }

    private static int takeOne(AtomicInteger left, CountDownLatch done) {
        if (left.get() == 0) {
            done.countDown();
            return 0;
        }
        left.decrementAndGet();
        return 1;
    }
}
