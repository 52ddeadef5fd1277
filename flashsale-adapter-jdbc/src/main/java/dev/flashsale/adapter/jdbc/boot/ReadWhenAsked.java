package dev.flashsale.adapter.jdbc.boot;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read beside whoever asks for it, once what is known of it is too old: nothing is read where nobody asks, and there is
 * no thread to stop. What fails is logged, and tried again after as long. Thread-safe.
 */
final class ReadWhenAsked<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ReadWhenAsked.class);

    private final String name;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
    private @Nullable Long begunAt;
    private volatile @Nullable T known;

    /** @param nanoTime as {@link System#nanoTime} */
    ReadWhenAsked(String name, Duration maxAge, LongSupplier nanoTime) {
        this.name = name;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    /**
     * What was read last, perhaps a moment ago; empty if nothing was.
     *
     * @param patience how long is waited for what is being read
     */
    Optional<T> get(Supplier<T> read, Duration patience) {
        try {
            current(read).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException later) {
            return Optional.ofNullable(known);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(known);
    }

    private synchronized CompletableFuture<Void> current(Supplier<T> read) {
        long now = nanoTime.getAsLong();
        if (reading.isDone() && (begunAt == null || now - begunAt >= maxAge.toNanos())) {
            begunAt = now;
            reading = CompletableFuture.runAsync(() -> learn(read), Thread::startVirtualThread);
        }
        return reading;
    }

    private void learn(Supplier<T> read) {
        try {
            known = read.get();
        } catch (RuntimeException failed) {
            LOG.warn("{} could not be read: {}", name, failed.getMessage());
        }
    }
}
