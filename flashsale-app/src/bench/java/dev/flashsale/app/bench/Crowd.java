package dev.flashsale.app.bench;

import dev.flashsale.app.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Callers on virtual threads, each of which calls again as soon as it has its answer. */
final class Crowd {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(1);

    enum Answer {
        DONE,
        REFUSED
    }

    @FunctionalInterface
    interface Call {
        Answer make() throws Exception;
    }

    private final Recorder latency = new Recorder(Tally.MAX_LATENCY_NANOS, Tally.DIGITS);
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

    private Crowd() {}

    /**
     * Lets them call for as long as the window; calls under way at its end are waited for and counted.
     *
     * @param calls the call of each caller, by its number from 0
     * @throws Problem if not one call succeeded and some failed
     */
    static Tally run(int callers, Duration window, IntFunction<Call> calls) throws InterruptedException {
        return new Crowd().call(callers, window, calls);
    }

    private Tally call(int callers, Duration window, IntFunction<Call> calls) throws InterruptedException {
        CountDownLatch doors = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        long begun;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                Call call = calls.apply(i);
                all.add(crowd.submit(() -> {
                    doors.await();
                    callUntil(System.nanoTime() + window.toNanos(), call);
                    return null;
                }));
            }
            begun = System.nanoTime();
            doors.countDown();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        for (Future<?> caller : all) {
            Object unused = caller.resultNow();
        }
        return tally(took);
    }

    private void callUntil(long end, Call call) {
        for (long begun = System.nanoTime(); begun < end && !Stopping.told(); begun = System.nanoTime()) {
            try {
                if (call.make() == Answer.DONE) {
                    latency.recordValue(Math.min(System.nanoTime() - begun, Tally.MAX_LATENCY_NANOS));
                    done.increment();
                } else {
                    refused.increment();
                }
            } catch (Exception e) {
                failed.increment();
                firstFailure.compareAndSet(null, e);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private Tally tally(Duration took) {
        Exception failure = firstFailure.get();
        if (failure != null && done.sum() == 0) {
            throw new Problem("Not one call succeeded: " + failure, failure);
        }
        Histogram histogram = latency.getIntervalHistogram();
        String note = failure == null ? "" : failed.sum() + " failed, the first with: " + failure.getMessage();
        return new Tally(took, done.sum(), refused.sum(), failed.sum(), histogram, note);
    }
}
