package dev.flashsale.adapter.rest.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one HTTP/2 connection, each a request: how many are being served, and since when. Helidon runs them here.
 *
 * <p>A stream may wait for its client without end, and goes on waiting when the connection is gone. So one that lasts longer
 * than a request may take to arrive and to be answered is given up, with its connection.
 */
final class Streams extends AbstractExecutorService {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** @param thread none until it has begun */
    private record Running(long sinceNanos, @Nullable Thread thread) {}

    private final ExecutorService threads;
    private final Duration quiet;
    private final Duration longest;
    private final Runnable whenOver;

    /** The oldest first. */
    private final Map<Runnable, Running> running = new LinkedHashMap<>();

    private long quietSinceNanos = System.nanoTime();
    private boolean last;
    private boolean over;

    /**
     * @param quiet how long there may be none
     * @param longest how long one may last
     * @param whenOver called once the last of them has ended, after {@link #takeNoMore}
     */
    Streams(ExecutorService threads, Duration quiet, Duration longest, Runnable whenOver) {
        this.threads = threads;
        this.quiet = quiet;
        this.longest = longest;
        this.whenOver = whenOver;
    }

    @Override
    public void execute(Runnable stream) {
        begin(stream, null);
        threads.execute(() -> {
            begin(stream, Thread.currentThread());
            try {
                stream.run();
            } finally {
                end(stream);
            }
        });
    }

    private synchronized void begin(Runnable stream, @Nullable Thread thread) {
        if (over && thread == null) {
            throw new RejectedExecutionException("the connection is over");
        }
        Running before = running.get(stream);
        Running unused =
                running.put(stream, new Running(before == null ? System.nanoTime() : before.sinceNanos, thread));
    }

    private void end(Runnable stream) {
        boolean wasLast;
        synchronized (this) {
            Running unused = running.remove(stream);
            quietSinceNanos = System.nanoTime();
            over |= last && running.isEmpty();
            wasLast = over;
        }
        if (wasLast) {
            whenOver.run();
        }
    }

    /** How far the client is beyond its time. */
    synchronized Duration beyond() {
        long now = System.nanoTime();
        Duration beyond = running.isEmpty()
                ? Duration.ofNanos(now - quietSinceNanos).minus(quiet)
                : Duration.ofNanos(now - running.values().iterator().next().sinceNanos)
                        .minus(longest);
        return beyond.isPositive() ? beyond : Duration.ZERO;
    }

    /** Those that are served are the last; returns whether there are none. */
    synchronized boolean takeNoMore() {
        last = true;
        over |= running.isEmpty();
        return over;
    }

    /** Waits until all have ended, and has those end that wait for a client who is gone. */
    void awaitEnd() throws InterruptedException {
        while (!takeNoMore()) {
            if (beyond().isPositive()) {
                stuck().forEach(Thread::interrupt);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private synchronized List<Thread> stuck() {
        long now = System.nanoTime();
        return running.values().stream()
                .filter(stream -> now - stream.sinceNanos > longest.toNanos())
                .map(Running::thread)
                .filter(thread -> thread != null)
                .toList();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the threads are the server's");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the threads are the server's");
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
