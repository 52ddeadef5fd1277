package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.Busy;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FailureTest {

    private static final Path LOG = Path.of("target", "tests.log");
    private static final String WISH = "{\"product_id\":1,\"quantity\":1}";

    @RegisterExtension
    private final Service service =
            new Service(TestSettings.builder().maxConcurrentRequests(1).build());

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1000,1", "1001,2", "60000,60"})
    void busy_says_when_to_come_back(long millis, String seconds) {
        service.fakes.placeHold = request -> {
            throw new Busy("connection pool exhausted at db.internal", Duration.ofMillis(millis), null);
        };

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 503, "busy", true);
        assertThat(answer.header("retry-after")).isEqualTo(seconds);
        assertThat(answer.body()).doesNotContain("pool");
    }

    @Test
    void busy_says_where_nobody_knows_whether_it_was_done() {
        service.fakes.placeHold = request -> {
            throw new Busy(
                    Trouble.CONNECTION_LOST,
                    "the answer of db.internal was lost",
                    Duration.ofSeconds(1),
                    Busy.Repeat.REQUEST,
                    true,
                    null);
        };

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 503, "busy", true);
        assertThat(answer.json().get("detail").asString()).contains("may have been done or not", "Send it again");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.body()).doesNotContain("internal");
    }

    @Test
    void a_database_that_lacks_something_is_no_fault_of_a_client_and_may_be_mended() {
        service.fakes.placeHold = request -> {
            throw new NotSetUp("the user shop lacks a right", new IllegalStateException());
        };

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 503, "busy", true);
        assertThat(answer.header("retry-after")).isEqualTo("10");
        assertThat(answer.body()).doesNotContain("right");
    }

    @Test
    void an_unexpected_failure_is_logged_under_the_incident_that_the_client_gets() throws IOException {
        service.fakes.placeHold = request -> {
            throw new IllegalStateException("secret of the house");
        };

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 500, "internal_error", false);
        assertThat(answer.body()).doesNotContain("secret", "Exception", "dev.flashsale");
        assertThat(Files.readString(LOG))
                .contains("Incident " + answer.json().get("incident").asString() + ": POST /api/holds failed")
                .contains("IllegalStateException: secret of the house")
                .contains("at dev.flashsale.adapter.rest.FailureTest");
    }

    @Test
    void an_error_is_answered_and_the_connection_stays_of_use() {
        service.fakes.placeHold = request -> {
            throw new StackOverflowError();
        };

        Problems.assertProblem(service.post("/api/holds", WISH), 500, "internal_error", false);
        assertThat(service.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void past_the_limit_further_requests_are_refused_at_once_but_health_checks_are_not() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        service.fakes.viewHold = id -> {
            inside.countDown();
            await(goOn);
            return java.util.Optional.empty();
        };
        CompletableFuture<Answer> first =
                CompletableFuture.supplyAsync(() -> service.get("/api/holds/" + Fakes.HOLD_ID));
        await(inside);

        Answer second = service.post("/api/holds", WISH);
        Answer live = service.get("/health/live");
        Answer ready = service.get("/health/ready");
        goOn.countDown();

        Problems.assertProblem(second, 503, "busy", true);
        assertThat(second.header("retry-after")).isEqualTo("1");
        assertThat(live.status()).isEqualTo(200);
        assertThat(ready.status()).isEqualTo(200);
        Problems.assertProblem(first.get(), 404, "unknown_hold", false);
        Problems.assertProblem(service.get("/api/holds/" + Fakes.HOLD_ID), 404, "unknown_hold", false);
    }

    @Test
    void a_database_that_does_not_answer_makes_the_server_unready_but_live() {
        assertThat(service.get("/health/ready").body()).isEqualTo("{\"status\":\"up\"}");

        service.databaseReady = () -> false;
        Answer down = service.get("/health/ready");
        service.databaseReady = () -> {
            throw new IllegalStateException("no connection");
        };
        Answer failing = service.get("/health/ready");

        Problems.assertProblem(down, 503, "not_ready", true);
        assertThat(down.header("retry-after")).isEqualTo("1");
        Problems.assertProblem(failing, 503, "not_ready", true);
        assertThat(service.get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
