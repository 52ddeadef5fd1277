package dev.flashsale.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpLoadTest {

    private static final byte[] REQUEST = HttpConnection.get("/");
    private static final Duration STALL = Duration.ofMillis(600);

    private final CountDownLatch never = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void inTheOpenModelAStallCountsForEveryoneWhoMeantToCallMeanwhile() throws Exception {
        serve("200 OK", STALL);

        Tally tally = load(1, Duration.ofSeconds(1), new Arrivals.Open(100), 200);

        assertThat(tally.done()).isBetween(90L, 101L);
        assertThat(tally.latencyNanos().getMaxValue()).isGreaterThanOrEqualTo(STALL.toNanos());
        // Those who arrived within the first half of the stall, one every 10 ms, waited for the other half.
        long waited = tally.latencyNanos().getCountBetweenValues(STALL.toNanos() / 2, Tally.MAX_LATENCY_NANOS);
        assertThat(waited).isBetween(25L, 45L);
    }

    @Test
    void inTheClosedModelNobodyMeantToCallDuringTheStall() throws Exception {
        serve("200 OK", STALL);

        Tally tally = load(1, Duration.ofSeconds(1), new Arrivals.Closed(), 200);

        long waited = tally.latencyNanos().getCountBetweenValues(STALL.toNanos() / 2, Tally.MAX_LATENCY_NANOS);
        assertThat(waited).isLessThan(5);
        assertThat(tally.done()).isGreaterThan(20);
    }

    @Test
    void beingToldToComeBackIsNoGoodAnswer() throws Exception {
        serve("503 Service Unavailable\r\nRetry-After: 1", Duration.ZERO);

        Tally tally = load(2, Duration.ofMillis(300), new Arrivals.Closed(), 200);

        assertThat(tally.done()).isZero();
        assertThat(tally.refused()).isPositive();
        assertThat(tally.note()).contains("told to come back", "0 without Retry-After");
    }

    private Tally load(int connections, Duration window, Arrivals arrivals, int good) throws IOException {
        return HttpLoad.run(server.getLocalPort(), REQUEST, connections, window, arrivals, Set.of(good));
    }

    /** Answers each connection's first request after a while and the others at once. */
    private void serve(String status, Duration firstAfter) {
        byte[] answer = ("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok").getBytes(StandardCharsets.US_ASCII);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> answer(socket, answer, firstAfter));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    private void answer(Socket socket, byte[] answer, Duration firstAfter) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            boolean first = true;
            while (in.readNBytes(REQUEST.length).length == REQUEST.length) {
                if (first) {
                    assertThat(never.await(firstAfter.toMillis(), TimeUnit.MILLISECONDS))
                            .isFalse();
                    first = false;
                }
                out.write(answer);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }
}
