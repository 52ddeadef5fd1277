package dev.flashsale.application.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Busy;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

    private static final GroupCommitBounds BOUNDS = new GroupCommitBounds(4, 2, 8, Duration.ofSeconds(20));

    private static final GroupCommitBounds ONE_AT_A_TIME = new GroupCommitBounds(4, 1, 8, Duration.ofSeconds(20));

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final Semaphore mayRun = new Semaphore(0);

    @AfterEach
    void close() {
        callers.shutdownNow();
        callers.close();
    }

    @Test
    void aCallerAloneLeadsABatchOfOneInItsOwnThread() {
        AtomicReference<Thread> leader = new AtomicReference<>();
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    leader.set(Thread.currentThread());
                    return doubled(batch);
                },
                BOUNDS,
                1);

        assertThat(group.submit(null, "lane", 21)).isEqualTo(42);
        assertThat(leader.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void whoeverComesMeanwhileSharesTheNextBatchInTheOrderOfComing() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gated, BOUNDS, 1);
        List<Future<Integer>> answers = submitInOrder(group, 6);

        mayRun.release(3);

        for (int i = 0; i < 6; i++) {
            assertThat(answers.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5));
    }

    /** Nobody else comes: the one who waits finds out itself that the batch under way is late. */
    @Test
    void lanesDoNotWaitForEachOtherForLong() throws Exception {
        GroupCommit<String, Integer, Integer> group =
                new GroupCommit<>(batch -> batch.requests().contains(0) ? gated(batch) : doubled(batch), BOUNDS, 1);
        Future<Integer> slow = callers.submit(() -> group.submit(null, "slow", 0));
        await(() -> mayRun.hasQueuedThreads());

        assertThat(group.submit(null, "quick", 1)).isEqualTo(2);
        mayRun.release();
        assertThat(slow.get()).isZero();
    }

    @Test
    void lanesThatWaitTogetherShareABatchAndTakeTurns() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gated, ONE_AT_A_TIME, 1);
        List<Future<Integer>> answers = new ArrayList<>(submitInOrder(group, "hot", List.of(0, 1, 2, 3, 4, 5)));
        answers.addAll(submitInOrder(group, "cold", List.of(6)));
        answers.addAll(submitInOrder(group, "warm", List.of(7, 8)));

        mayRun.release(10);

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isNotNegative();
        }
        assertThat(batches).containsExactly(List.of(0), List.of(6, 7, 8, 1), List.of(2, 3, 4, 5));
    }

    @Test
    void whoeverComesToTheLanesOfABatchMayJoinItUpToItsBound() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gatedThenJoined, BOUNDS, 1);
        List<Future<Integer>> answers = submitInOrder(group, 6);

        mayRun.release(2);

        for (int i = 0; i < 6; i++) {
            assertThat(answers.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(batches).containsExactly(List.of(0, 1, 2, 3), List.of(4, 5));
    }

    @Test
    void aLaneThatABatchDoesNotServeCannotJoinIt() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gatedThenJoined, ONE_AT_A_TIME, 1);
        List<Future<Integer>> answers = new ArrayList<>(submitInOrder(group, "hot", List.of(0, 1)));
        answers.addAll(submitInOrder(group, "other", List.of(2)));

        mayRun.release(2);

        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isNotNegative();
        }
        assertThat(batches).containsExactly(List.of(0, 1), List.of(2));
    }

    @Test
    void whoMayNotJoinABatchIsInTheNextOneAndNobodyOvertakesHim() throws Exception {
        GroupCommit<String, Integer, Integer> group =
                new GroupCommit<>(batch -> gatedThenJoined(batch, request -> request != 2), BOUNDS, 1);
        List<Future<Integer>> answers = submitInOrder(group, 4);

        mayRun.release(2);

        for (int i = 0; i < 4; i++) {
            assertThat(answers.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(batches).containsExactly(List.of(0, 1), List.of(2, 3));
    }

    @Test
    void whoeverJoinedABatchThatFailsIsServedAlone() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    List<Integer> answers = gatedThenJoined(batch);
                    if (batch.requests().contains(1)) {
                        throw new IllegalArgumentException("poison");
                    }
                    return answers;
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 3);

        mayRun.release(10);

        assertThat(answers.get(0).get()).isZero();
        assertThatThrownBy(() -> answers.get(1).get()).hasRootCauseMessage("poison");
        assertThat(answers.get(2).get()).isEqualTo(4);
        assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(0), List.of(1), List.of(2));
    }

    @Test
    void lanesOfABusyBatchAreServedOneByOne() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    List<Integer> answers = gated(batch);
                    if (batch.requests().contains(1)) {
                        throw new Busy("somebody else has it", Duration.ofSeconds(3), null);
                    }
                    return answers;
                },
                ONE_AT_A_TIME,
                1);
        List<Future<Integer>> answers = new ArrayList<>(submitInOrder(group, "lane", List.of(0)));
        List<Future<Integer>> refused = new ArrayList<>(submitInOrder(group, "locked", List.of(1)));
        refused.addAll(submitInOrder(group, "free", List.of(2)));
        mayRun.release();
        await(() -> batches.size() == 1 && mayRun.hasQueuedThreads());
        answers.addAll(submitInOrder(group, "locked", List.of(3)));
        answers.addAll(submitInOrder(group, "free", List.of(4)));

        mayRun.release(10);

        for (Future<Integer> answer : refused) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(Busy.class);
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isNotNegative();
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2), List.of(3), List.of(4));
    }

    /** One product whose rows are wrong would else have the others run one by one with it each time. */
    @Test
    void soAreLanesOfABatchOfWhichSomethingFailed() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    List<Integer> answers = gated(batch);
                    if (batch.requests().contains(1)) {
                        throw new IllegalStateException("rows that contradict one another");
                    }
                    return answers;
                },
                ONE_AT_A_TIME,
                1);
        List<Future<Integer>> answers = new ArrayList<>(submitInOrder(group, "lane", List.of(0)));
        List<Future<Integer>> refused = submitInOrder(group, "wrong", List.of(1));
        answers.addAll(submitInOrder(group, "right", List.of(2)));
        mayRun.release();
        await(() -> batches.size() == 1 && mayRun.hasQueuedThreads());
        answers.addAll(submitInOrder(group, "wrong", List.of(3)));
        answers.addAll(submitInOrder(group, "right", List.of(4)));

        mayRun.release(10);

        assertThatThrownBy(() -> refused.getFirst().get()).hasRootCauseMessage("rows that contradict one another");
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isNotNegative();
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2), List.of(1), List.of(2), List.of(3), List.of(4));
    }

    @Test
    void pastTheBoundACallerIsBusyAtOnceAndTheOthersAreServed() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gated, BOUNDS, 1);
        List<Future<Integer>> answers = submitInOrder(group, 1 + BOUNDS.queue());

        assertThatThrownBy(() -> group.submit(null, "lane", 99)).isInstanceOf(Busy.class);

        mayRun.release(10);
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isNotNegative();
        }
    }

    @Test
    void whoeverWaitsTooLongLeavesTheQueueBusy() throws Exception {
        GroupCommit<String, Integer, Integer> group =
                new GroupCommit<>(this::gated, new GroupCommitBounds(4, 2, 8, Duration.ofMillis(20)), 1);
        Future<Integer> leader = callers.submit(() -> group.submit(null, "lane", 0));
        await(() -> mayRun.hasQueuedThreads());

        assertThatThrownBy(() -> group.submit(null, "lane", 1)).isInstanceOf(Busy.class);

        mayRun.release();
        assertThat(leader.get()).isZero();
        assertThat(batches).containsExactly(List.of(0));
    }

    @Test
    void anInterruptedFollowerLeavesAndHarmsNobody() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(this::gated, BOUNDS, 1);
        Future<Integer> leader = callers.submit(() -> group.submit(null, "lane", 0));
        await(() -> mayRun.hasQueuedThreads());
        AtomicReference<Throwable> seen = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread follower = Thread.ofVirtual().start(() -> {
            try {
                group.submit(null, "lane", 1);
            } catch (Busy busy) {
                seen.set(busy);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        await(() -> follower.getState() == Thread.State.TIMED_WAITING);

        follower.interrupt();
        follower.join();
        mayRun.release();

        assertThat(seen.get()).isInstanceOf(Busy.class);
        assertThat(flag.get()).as("the interrupt is kept").isTrue();
        assertThat(leader.get()).isZero();
        assertThat(batches).containsExactly(List.of(0));
    }

    @Test
    void anInterruptedLeaderRunsItsBatchUndisturbedAndKeepsTheInterrupt() {
        GroupCommit<String, Integer, Boolean> group =
                new GroupCommit<>(batch -> List.of(Thread.currentThread().isInterrupted()), BOUNDS, 1);

        Thread.currentThread().interrupt();

        assertThat(group.submit(null, "lane", 0)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aPoisonRequestFailsAlone() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    List<Integer> answers = gated(batch);
                    if (batch.requests().contains(2)) {
                        throw new IllegalArgumentException("poison");
                    }
                    return answers;
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 4);

        mayRun.release(10);

        assertThat(answers.get(0).get()).isZero();
        assertThat(answers.get(1).get()).isEqualTo(2);
        assertThatThrownBy(() -> answers.get(2).get()).hasRootCauseMessage("poison");
        assertThat(answers.get(3).get()).isEqualTo(6);
    }

    @Test
    void aBusyDatabaseIsNotAskedAgainForEach() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    gated(batch);
                    calls.incrementAndGet();
                    throw new Busy("no", Duration.ofSeconds(3), null);
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 5);

        mayRun.release(10);

        for (Future<Integer> answer : answers) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(Busy.class);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void aDatabaseThatIsNotSetUpIsNotAskedAgainForEach() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    gated(batch);
                    calls.incrementAndGet();
                    throw new NotSetUp("a right is missing", new IllegalStateException());
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 5);

        mayRun.release(10);

        for (Future<Integer> answer : answers) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(NotSetUp.class);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void eachCallerHearsThatItMayBeDoneAndWhy() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    gated(batch);
                    throw new Busy(
                            Trouble.CONNECTION_LOST,
                            "ask again",
                            Duration.ofSeconds(3),
                            Busy.Repeat.REQUEST,
                            true,
                            null);
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 3);

        mayRun.release(10);

        for (Future<Integer> answer : answers) {
            assertThatThrownBy(answer::get).cause().isInstanceOfSatisfying(Busy.class, busy -> {
                assertThat(busy.mayBeDone()).isTrue();
                assertThat(busy.trouble()).isEqualTo(Trouble.CONNECTION_LOST);
                assertThat(busy).hasMessage("ask again");
            });
        }
    }

    @Test
    void aLeaderThatDiesAnswersItsBatchAndHandsOver() throws Exception {
        GroupCommit<String, Integer, Integer> group = new GroupCommit<>(
                batch -> {
                    gated(batch);
                    if (batch.requests().contains(1)) {
                        throw new OutOfMemoryError("in the middle of a batch");
                    }
                    return doubled(batch);
                },
                BOUNDS,
                1);
        List<Future<Integer>> answers = submitInOrder(group, 7);

        mayRun.release(10);

        assertThat(answers.get(0).get()).isZero();
        assertThatThrownBy(() -> answers.get(1).get()).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> answers.get(2).get()).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(answers.get(5).get()).isEqualTo(10);
        assertThat(answers.get(6).get()).isEqualTo(12);
    }

    @Test
    void aBatchWithTooFewAnswersLeavesNobodyWaiting() throws Exception {
        GroupCommit<String, Integer, Integer> group =
                new GroupCommit<>(batch -> gated(batch).subList(0, 1), BOUNDS, 1);
        List<Future<Integer>> answers = submitInOrder(group, 4);

        mayRun.release(10);

        assertThat(answers.get(0).get()).isZero();
        for (Future<Integer> answer : answers.subList(1, 4)) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    /** One leads and waits, the others queue up behind it one after the other. */
    private List<Future<Integer>> submitInOrder(GroupCommit<String, Integer, Integer> group, int count) {
        return submitInOrder(group, "lane", IntStream.range(0, count).boxed().toList());
    }

    private List<Future<Integer>> submitInOrder(
            GroupCommit<String, Integer, Integer> group, String lane, List<Integer> requests) {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int request : requests) {
            AtomicReference<Thread> caller = new AtomicReference<>();
            CountDownLatch started = new CountDownLatch(1);
            answers.add(callers.submit(() -> {
                caller.set(Thread.currentThread());
                started.countDown();
                return group.submit(null, lane, request);
            }));
            await(() -> started.getCount() == 0 && isParked(caller.get()));
        }
        return answers;
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private List<Integer> gated(Batch<Integer> batch) {
        mayRun.acquireUninterruptibly();
        batches.add(List.copyOf(batch.requests()));
        return doubled(batch);
    }

    private List<Integer> gatedThenJoined(Batch<Integer> batch) {
        return gatedThenJoined(batch, anyone -> true);
    }

    private List<Integer> gatedThenJoined(Batch<Integer> batch, Predicate<Integer> fits) {
        mayRun.acquireUninterruptibly();
        List<Integer> joined = batch.join(fits);
        assertThat(batch.requests()).endsWith(joined.toArray(Integer[]::new));
        batches.add(List.copyOf(batch.requests()));
        return doubled(batch);
    }

    private static List<Integer> doubled(Batch<Integer> batch) {
        return batch.requests().stream().map(request -> 2 * request).toList();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
