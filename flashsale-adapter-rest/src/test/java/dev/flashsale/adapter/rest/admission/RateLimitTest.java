package dev.flashsale.adapter.rest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.LimitSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RateLimitTest {

    private static final int REQUESTS = 20;
    private static final Duration PER = Duration.ofSeconds(10);

    /** Begins shortly before it overflows, as {@link System#nanoTime} may. */
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    private final RateLimit<Long> limit =
            new RateLimit<>("address", new LimitSettings.Rate(REQUESTS, PER), nanoTime::get);

    @Test
    void one_comes_back_at_a_time() {
        assertThat(granted(1, REQUESTS + 5)).isEqualTo(REQUESTS);

        pass(PER.dividedBy(REQUESTS).minusNanos(1));
        assertThat(granted(1, 5)).isZero();
        pass(Duration.ofNanos(1));
        assertThat(granted(1, 5)).isEqualTo(1);
        pass(PER.dividedBy(2));
        assertThat(granted(1, REQUESTS)).isEqualTo(REQUESTS / 2);
    }

    @Test
    void no_more_come_back_than_there_were() {
        assertThat(granted(1, 1)).isEqualTo(1);

        pass(PER.multipliedBy(100));

        assertThat(granted(1, 2 * REQUESTS)).isEqualTo(REQUESTS);
    }

    @Test
    void whoever_comes_at_once_gets_no_more() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        int crowd = 16;
        CountDownLatch done = new CountDownLatch(crowd);
        for (int i = 0; i < crowd; i++) {
            Thread.startVirtualThread(() -> {
                granted.addAndGet(granted(1, REQUESTS));
                done.countDown();
            });
        }

        done.await();

        assertThat(granted).hasValue(REQUESTS);
    }

    @Test
    void a_flood_of_clients_takes_bounded_memory_and_frees_nobody_who_goes_on_asking() {
        assertThat(granted(0, REQUESTS)).isEqualTo(REQUESTS);

        for (long client = 1; client <= 4 * RateLimit.MAX_CLIENTS; client++) {
            assertThat(limit.take(client).isConsumed()).isTrue();
            if (client % 50 == 0) {
                assertThat(granted(0, 1)).isZero();
            }
        }

        assertThat(limit.clients()).isLessThanOrEqualTo(RateLimit.MAX_CLIENTS);
    }

    @Test
    void who_has_not_come_for_so_long_that_the_bucket_is_full_is_forgotten() {
        assertThat(granted(1, REQUESTS)).isEqualTo(REQUESTS);
        assertThat(limit.clients()).isEqualTo(1);

        pass(PER);

        assertThat(limit.clients()).isZero();
    }

    private int granted(long client, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += limit.take(client).isConsumed() ? 1 : 0;
        }
        return granted;
    }

    private void pass(Duration time) {
        long unused = nanoTime.addAndGet(time.toNanos());
    }
}
