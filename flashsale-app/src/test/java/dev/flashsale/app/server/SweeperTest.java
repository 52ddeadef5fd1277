package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SweeperTest {

    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private Sweeper sweeper = new Sweeper(() -> 0, () -> 0, () -> 0, NEVER_AGAIN);

    @AfterEach
    void stop() {
        sweeper.stop();
    }

    @Test
    void goes_on_within_a_pass_until_nothing_is_left() throws InterruptedException {
        // given
        AtomicInteger holds = new AtomicInteger(7);
        AtomicInteger orders = new AtomicInteger(3);
        AtomicInteger keys = new AtomicInteger(5);
        CountDownLatch done = new CountDownLatch(3);
        sweeper = new Sweeper(
                () -> takeOne(holds, done), () -> takeOne(orders, done), () -> takeOne(keys, done), NEVER_AGAIN);

        // when
        sweeper.start();

        // then
        done.await();
        assertThat(holds).hasValue(0);
        assertThat(orders).hasValue(0);
        assertThat(keys).hasValue(0);
    }

    @Test
    void does_not_let_one_that_never_ends_keep_the_other_waiting() throws InterruptedException {
        // given
        CountDownLatch orders = new CountDownLatch(1);
        sweeper = new Sweeper(() -> 1, () -> takeOne(new AtomicInteger(), orders), () -> 0, NEVER_AGAIN);

        // when
        sweeper.start();

        // then
        orders.await();
    }

    @Test
    void tries_again_after_a_failure() throws InterruptedException {
        // given
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch thirdCall = new CountDownLatch(3);
        sweeper = new Sweeper(
                () -> {
                    calls.incrementAndGet();
                    thirdCall.countDown();
                    throw new IllegalStateException("no database");
                },
                () -> 0,
                () -> 0,
                Duration.ofMillis(1));

        // when
        sweeper.start();

        // then
        thirdCall.await();
        assertThat(calls).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void has_ended_when_stop_returns() throws InterruptedException {
        // given
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        sweeper = new Sweeper(
                () -> {
                    begun.countDown();
                    return calls.incrementAndGet();
                },
                () -> 0,
                () -> 0,
                Duration.ofNanos(1));
        sweeper.start();
        begun.await();

        // when
        sweeper.stop();

        // then
        int whenStopped = calls.get();
        assertThat(sweeper.isRunning()).isFalse();
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(calls).hasValue(whenStopped);
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
