package dev.flashsale.application.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Failure;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HousekeepingLoopTest {

    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private final List<Failure> told = new CopyOnWriteArrayList<>();
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
        loop = start(NEVER_AGAIN, () -> takeOne(holds, done), () -> takeOne(orders, done));

        done.await();
        assertThat(holds).hasValue(0);
        assertThat(orders).hasValue(0);
    }

    @Test
    void doesNotLetOneThatNeverEndsKeepTheOtherWaiting() throws InterruptedException {
        CountDownLatch orders = new CountDownLatch(1);
        loop = start(NEVER_AGAIN, () -> 1, () -> takeOne(new AtomicInteger(), orders));

        orders.await();
    }

    @Test
    void aPassThatFailsIsToldAndTriedAgainAndKeepsNoOtherWaiting() throws InterruptedException {
        CountDownLatch failures = new CountDownLatch(3);
        CountDownLatch others = new CountDownLatch(3);
        loop = start(
                Duration.ofMillis(1),
                () -> {
                    failures.countDown();
                    throw new IllegalStateException("no database");
                },
                () -> takeOne(new AtomicInteger(), others));

        failures.await();
        others.await();
        assertThat(told).isNotEmpty().allSatisfy(failure -> {
            assertThat(failure.work()).isEqualTo(Work.EXPIRE_HOLDS);
            assertThat(failure.cause()).hasMessage("no database");
        });
    }

    @Test
    void anErrorDoesNotEndItEither() throws InterruptedException {
        CountDownLatch thirdCall = new CountDownLatch(3);
        loop = start(Duration.ofMillis(1), () -> {
            thirdCall.countDown();
            throw new NoSuchMethodError("of a library that is not the one it was built with");
        });

        thirdCall.await();
        assertThat(told).isNotEmpty();
    }

    private HousekeepingLoop start(Duration interval, IntSupplier... passes) {
        SaleListener listener = new SaleListener() {
            @Override
            public void failed(Failure failure) {
                told.add(failure);
            }
        };
        HousekeepingTurn turn = new HousekeepingTurn(
                Stream.of(passes)
                        .map(pass -> new HousekeepingTurn.Pass(Work.EXPIRE_HOLDS, pass))
                        .toList(),
                new Failures(new Notifications(listener), System::nanoTime));
        return HousekeepingLoop.start(turn, interval);
    }

    @Test
    void hasEndedWhenCloseReturns() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        loop = start(Duration.ofNanos(1), () -> {
            begun.countDown();
            return calls.incrementAndGet();
        });
        begun.await();

        loop.close();

        int whenStopped = calls.get();
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(calls).hasValue(whenStopped);
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> start(Duration.ZERO))
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
