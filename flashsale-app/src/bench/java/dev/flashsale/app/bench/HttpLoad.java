package dev.flashsale.app.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends one request again and again over many connections, on one thread, so that it costs the server's machine as
 * little as it can. Latency counts from the moment at which a request was meant to be sent.
 */
final class HttpLoad {

    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int BUSY = 503;

    private final Set<Integer> good;
    private final Arrivals arrivals;
    private final Histogram latency = new Histogram(Tally.MAX_LATENCY_NANOS, Tally.DIGITS);
    private final Histogram busyLatency = new Histogram(Tally.MAX_LATENCY_NANOS, Tally.DIGITS);
    private final Deque<HttpConnection> free = new ArrayDeque<>();
    private long sent;
    private long done;
    private long busy;
    private long busyWithoutRetryAfter;
    private long wrong;
    private int firstWrong;

    private HttpLoad(Set<Integer> good, Arrivals arrivals) {
        this.good = good;
        this.arrivals = arrivals;
    }

    /**
     * Sends for as long as the window, then waits for the answers that are missing.
     *
     * @param good the statuses that are a good answer; {@code 503} otherwise counts as refused, everything else as
     *     failed
     */
    static Tally run(int port, byte[] request, int connections, Duration window, Arrivals arrivals, Set<Integer> good)
            throws IOException {
        HttpLoad load = new HttpLoad(good, arrivals);
        List<HttpConnection> opened = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                HttpConnection connection = HttpConnection.open(port, request);
                opened.add(connection);
                SelectionKey unused = connection.channel().register(selector, SelectionKey.OP_READ, connection);
            }
            load.free.addAll(opened);
            return load.run(selector, window);
        } finally {
            for (HttpConnection connection : opened) {
                connection.channel().close();
            }
        }
    }

    private Tally run(Selector selector, Duration window) throws IOException {
        long begun = System.nanoTime();
        long end = begun + window.toNanos();
        long giveUp = end + DRAIN.toNanos();
        int connections = free.size();
        for (long now = begun;
                (now < end && !Stopping.told()) || (free.size() < connections && now < giveUp);
                now = System.nanoTime()) {
            if (now < end && !Stopping.told()) {
                sendWhatIsDue(begun, now);
            }
            await(selector, begun, now, end);
            for (SelectionKey key : selector.selectedKeys()) {
                receive((HttpConnection) key.attachment());
            }
            selector.selectedKeys().clear();
        }
        Duration took = Duration.ofNanos(Math.max(1, System.nanoTime() - begun));
        long lost = (long) connections - free.size();
        return new Tally(took, done, busy, wrong + lost, latency, note(window, lost));
    }

    private void sendWhatIsDue(long begun, long now) throws IOException {
        while (!free.isEmpty()) {
            long intended = switch (arrivals) {
                case Arrivals.Closed closed -> now;
                case Arrivals.Open open -> begun + open.intendedNanos(sent);
            };
            if (intended > now) {
                return;
            }
            free.pop().send(intended);
            sent++;
        }
    }

    /** A selector's time-out is too coarse for the next arrival: where one is due sooner, a short sleep is used. */
    private void await(Selector selector, long begun, long now, long end) throws IOException {
        long until = now < end && !free.isEmpty() && arrivals instanceof Arrivals.Open open
                ? begun + open.intendedNanos(sent)
                : now + TimeUnit.MILLISECONDS.toNanos(100);
        long wait = until - now;
        if (wait >= TimeUnit.MILLISECONDS.toNanos(2)) {
            int unused = selector.select(TimeUnit.NANOSECONDS.toMillis(wait) - 1);
        } else if (selector.selectNow() == 0 && wait > 0) {
            LockSupport.parkNanos(Math.min(wait, TimeUnit.MICROSECONDS.toNanos(100)));
        }
    }

    private void receive(HttpConnection connection) throws IOException {
        if (!connection.receive()) {
            return;
        }
        long nanos = Math.min(System.nanoTime() - connection.intendedAt(), Tally.MAX_LATENCY_NANOS);
        int status = connection.status();
        if (good.contains(status)) {
            latency.recordValue(nanos);
            done++;
        } else if (status == BUSY) {
            busyLatency.recordValue(nanos);
            busy++;
            busyWithoutRetryAfter += connection.saysWhenToComeBack() ? 0 : 1;
        } else {
            firstWrong = wrong++ == 0 ? status : firstWrong;
        }
        connection.clear();
        free.push(connection);
    }

    private String note(Duration window, long lost) {
        List<String> notes = new ArrayList<>();
        if (arrivals instanceof Arrivals.Open open) {
            long meant = (long) (open.perSecond() * window.toNanos() / 1e9);
            if (meant > sent) {
                notes.add(meant - sent + " of " + meant + " arrivals found no connection before the end");
            }
        }
        if (busy > 0) {
            notes.add(busy + " were told to come back, p99 " + busyLatency.getValueAtPercentile(99) / 1_000_000
                    + " ms, " + busyWithoutRetryAfter + " without Retry-After");
        }
        if (wrong > 0) {
            notes.add(wrong + " unexpected answers, the first " + firstWrong);
        }
        if (lost > 0) {
            notes.add(lost + " requests were not answered");
        }
        return String.join("; ", notes);
    }
}
