package dev.flashsale.application.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Busy;
import dev.flashsale.application.GroupCommitBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of callers with random bounds, failures, deaths and interrupts. Whatever happens: every call ends, a request
 * is in one batch at most (or in one more, alone, after a failure), an answer is that of its own request, no lane has more
 * batches in flight or larger ones than it may, and what a caller saw is what was done.
 */
@Timeout(120)
class GroupCommitStressTest {

    private static final int CALLERS = 48;
    private static final int CALLS = 250;

    private final Map<Integer, Integer> timesDone = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Map<Integer, AtomicInteger> runningOfLane = new ConcurrentHashMap<>();
    private final AtomicInteger violations = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyCallEndsAndEveryAnswerIsItsOwn(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int lanes = random.nextInt(1, 7);
        int inFlightAtMost = random.nextInt(1, 4);
        GroupCommitBounds bounds = new GroupCommitBounds(
                random.nextInt(1, 33),
                inFlightAtMost,
                random.nextInt(1, 65),
                Duration.ofNanos(random.nextLong(50_000, 20_000_000)));
        int inFlightOfLane = random.nextInt(1, inFlightAtMost + 1);
        GroupCommit<Integer, int[], Integer> group =
                new GroupCommit<>(batch -> run(batch, bounds, inFlightOfLane), bounds, inFlightOfLane);

        Map<Integer, Integer> answered = new HashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<Integer, Integer>>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller * CALLS;
                SplittableRandom own = random.split();
                all.add(callers.submit(() -> call(group, first, lanes, own)));
            }
            for (Future<Map<Integer, Integer>> caller : all) {
                answered.putAll(caller.get());
            }
        }

        assertThat(violations).as("seed %d, %s", seed, bounds).hasValue(0);
        answered.forEach((request, answer) -> {
            assertThat(answer).as("seed %d, request %d", seed, request).isEqualTo(-request);
            assertThat(timesDone.get(request))
                    .as("seed %d, request %d", seed, request)
                    .isEqualTo(1);
        });
        assertThat(timesDone)
                .as("seed %d: nobody was told of something that was done", seed)
                .hasSameSizeAs(answered);
        assertThat(answered).as("seed %d", seed).isNotEmpty();
    }

    private Map<Integer, Integer> call(
            GroupCommit<Integer, int[], Integer> group, int first, int lanes, SplittableRandom random) {
        Map<Integer, Integer> answers = new HashMap<>();
        for (int request = first; request < first + CALLS; request++) {
            if (random.nextInt(20) == 0) {
                Thread.currentThread().interrupt();
            }
            int lane = random.nextInt(lanes);
            try {
                answers.put(request, group.submit(null, lane, new int[] {request, lane}));
            } catch (Busy | IllegalStateException | IllegalArgumentException | OutOfMemoryError refused) {
                LockSupport.parkNanos(1000);
            }
            boolean interrupted = Thread.interrupted();
            if (interrupted) {
                Thread.yield();
            }
        }
        return answers;
    }

    /** All or nothing, like a transaction: what throws has done nothing. */
    private List<Integer> run(Batch<int[]> joinable, GroupCommitBounds bounds, int inFlightOfLane) {
        int first = joinable.requests().get(0)[0];
        if (first % 3 == 0) {
            LockSupport.parkNanos(1000);
            List<int[]> unused = joinable.join(anyone -> true);
        }
        List<int[]> batch = joinable.requests();
        Set<Integer> lanes = batch.stream().map(request -> request[1]).collect(Collectors.toSet());
        try {
            if (running.incrementAndGet() > bounds.inFlight() || batch.size() > bounds.batch()) {
                violations.incrementAndGet();
            }
            for (int lane : lanes) {
                if (runningOf(lane).incrementAndGet() > inFlightOfLane) {
                    violations.incrementAndGet();
                }
            }
            for (int[] request : batch) {
                fail(request[0]);
            }
            batch.forEach(request -> timesDone.merge(request[0], 1, Integer::sum));
            return batch.stream().map(request -> -request[0]).toList();
        } finally {
            lanes.forEach(lane -> runningOf(lane).decrementAndGet());
            running.decrementAndGet();
        }
    }

    private AtomicInteger runningOf(int lane) {
        return runningOfLane.computeIfAbsent(lane, key -> new AtomicInteger());
    }

    /** Some requests always fail, each in its way. */
    private static void fail(int request) {
        switch (request % 211) {
            case 17 -> throw new IllegalArgumentException("poison " + request);
            case 71 -> throw new Busy("busy " + request, Duration.ofSeconds(1), null);
            case 113 -> throw new OutOfMemoryError("dies " + request);
            case 5, 50, 150 -> LockSupport.parkNanos(100_000);
            default -> {}
        }
    }
}
