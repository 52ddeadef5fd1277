package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.Service.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LifecycleTest {

    private static final String HEAD =
            "POST /api/holds HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void closing_answers_the_request_in_flight_and_takes_no_further_one() throws Exception {
        Service service = started(TestSettings.builder());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        service.fakes.viewHold = id -> {
            inside.countDown();
            FailureTest.await(goOn);
            return Optional.empty();
        };
        CompletableFuture<Answer> inFlight =
                CompletableFuture.supplyAsync(() -> service.get("/api/holds/" + Fakes.HOLD_ID));
        FailureTest.await(inside);
        int port = service.port();

        try (RawClient idle = new RawClient(port)) {
            idle.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(idle.answer()).startsWith("HTTP/1.1 200 OK");
            CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(isServed(port)).isFalse();
            assertThat(closing).isNotDone();

            goOn.countDown();
            Problems.assertProblem(inFlight.get(), 404, "unknown_hold", false);
            closing.get();
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void closing_waits_no_longer_than_it_may() {
        Service service = started(TestSettings.builder().drainTimeout(SHORT));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        service.fakes.viewHold = id -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                // An answer now could still get out, before the connection is cut.
                FailureTest.await(lost);
            }
            return Optional.empty();
        };
        CompletableFuture<Answer> inFlight =
                CompletableFuture.supplyAsync(() -> service.get("/api/holds/" + Fakes.HOLD_ID));
        FailureTest.await(inside);

        service.afterEach(null);

        FailureTest.await(interrupted);
        assertThat(inFlight.handle((answer, failure) -> failure).join()).isNotNull();
        lost.countDown();
    }

    @Test
    void a_port_in_use_is_said_with_what_to_do() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> RestServer.start(
                            new Fakes().useCases(),
                            Probes.of(() -> true),
                            InstantSource.system(),
                            System::nanoTime,
                            AnswerListener.NONE,
                            TestSettings.builder().port(port).build()))
                    .isInstanceOf(PortInUse.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("set another port");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD,
                HEAD + "Content-Length: 5\r\n\r\n",
                HEAD + "Content-Length: 5\r\n\r\n{\"",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"",
                "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
            })
    void a_request_that_does_not_arrive_is_given_up(String begun) throws IOException {
        Service service = started(TestSettings.builder().readTimeout(SHORT).idleTimeout(SHORT));

        try (RawClient client = new RawClient(service.port())) {
            client.send(begun);

            assertThat(client.isClosedByServer()).isTrue();
            assertThat(service.fakes.calls).hasValue(0);
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void a_request_that_drips_is_given_up_though_it_never_pauses() throws IOException {
        Service service = started(TestSettings.builder().readTimeout(SHORT));

        try (RawClient client = new RawClient(service.port())) {
            client.send(HEAD);

            assertThatThrownBy(() -> {
                        while (true) {
                            client.send("X: y\r\n");
                            Thread.onSpinWait();
                        }
                    })
                    .isInstanceOf(IOException.class);
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void a_chunk_header_without_end_is_given_up() throws IOException {
        Service service = started(TestSettings.builder());

        try (RawClient client = new RawClient(service.port())) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n1;");

            assertThatThrownBy(() -> {
                        while (true) {
                            client.send("x".repeat(1024));
                        }
                    })
                    .isInstanceOf(IOException.class);
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void an_idle_connection_is_closed_and_a_slow_use_case_is_not() throws IOException {
        Service service = started(TestSettings.builder().idleTimeout(SHORT).readTimeout(SHORT));
        service.fakes.viewHold = id -> {
            // The idle neighbour is closed first: by then this request is beyond every timeout.
            try (RawClient neighbour = new RawClient(service.port())) {
                assertThat(neighbour.isClosedByServer()).isTrue();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return Optional.empty();
        };

        try {
            Problems.assertProblem(service.get("/api/holds/" + Fakes.HOLD_ID), 404, "unknown_hold", false);
        } finally {
            service.afterEach(null);
        }
    }

    private static boolean isServed(int port) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return !client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer()
                    .isEmpty();
        } catch (SocketException refused) {
            return false;
        }
    }

    private static Service started(RestSettings.Builder settings) {
        Service service = new Service(settings.build());
        service.beforeEach(null);
        return service;
    }
}
