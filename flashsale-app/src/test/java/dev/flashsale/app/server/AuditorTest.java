package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditorTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final Conservation WRONG = new Conservation(new ProductId(1), 10, 4, 1, 1, 1);

    @Test
    void tells_when_it_last_looked_and_how_much_was_wrong() {
        // given
        Auditor auditor = new Auditor(() -> List.of(WRONG, WRONG), Duration.ZERO, () -> NOW);

        // when
        auditor.check();

        // then
        assertThat(auditor.last()).contains(new LastAudit(NOW, 2));
    }

    @Test
    void a_check_that_fails_leaves_the_last_success_as_it_was() {
        // given
        Auditor auditor = new Auditor(
                () -> {
                    throw new IllegalStateException("no database");
                },
                Duration.ZERO,
                () -> NOW);

        // when
        auditor.check();

        // then
        assertThat(auditor.last()).isEmpty();
    }

    @Test
    void checks_again_and_again_until_it_is_stopped() throws InterruptedException {
        // given
        CountDownLatch third = new CountDownLatch(3);
        Auditor auditor = new Auditor(
                () -> {
                    third.countDown();
                    return List.of();
                },
                Duration.ofMillis(5),
                () -> NOW);

        // when
        auditor.start();
        third.await();
        auditor.stop();

        // then
        assertThat(auditor.isRunning()).isFalse();
        assertThat(auditor.last()).contains(new LastAudit(NOW, 0));
    }

    @Test
    void does_not_run_where_it_is_switched_off() {
        // given
        Auditor auditor = new Auditor(List::of, Duration.ZERO, () -> NOW);

        // when
        auditor.start();

        // then
        assertThat(auditor.isRunning()).isFalse();
        auditor.stop();
    }
}
