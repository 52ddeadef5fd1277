package dev.flashsale.application.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.GroupCommitBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Lincheck tries the ways in which callers can come between one another: whatever the order, each call ends, each
 * request is done once, and what is answered is what would be answered if they had come one after the other.
 */
class GroupCommitLincheckTest {

    private static final int LANES = 2;

    @Test
    void everyOrderOfCallersIsAsIfTheyHadComeOneByOne() {
        check(OneBatchOfALane.class);
    }

    /** The canary. */
    @Test
    void whereALaneMayHaveTwoBatchesAtTheSameTimeANumberIsLost() {
        assertThatThrownBy(() -> check(TwoBatchesOfALane.class)).isInstanceOf(AssertionError.class);
    }

    private static void check(Class<? extends Callers> callers) {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .check(callers);
    }

    public static final class OneBatchOfALane extends Callers {
        public OneBatchOfALane() {
            super(1);
        }
    }

    public static final class TwoBatchesOfALane extends Callers {
        public TwoBatchesOfALane() {
            super(2);
        }
    }

    public abstract static class Callers {

        private final GroupCommit<Integer, Integer, Integer> group;

        /** Counted without a lock: two batches of one lane at the same time lose a number. */
        private final int[] done = new int[LANES];

        Callers(int inFlightOfLane) {
            GroupCommitBounds bounds = new GroupCommitBounds(2, 2, 8, Duration.ofDays(1));
            group = new GroupCommit<>(
                    this::run,
                    bounds,
                    new Lanes<>(bounds.queue(), inFlightOfLane),
                    Duration.ZERO,
                    new ReentrantLock(),
                    System::nanoTime);
        }

        @Operation(blocking = true)
        public int submit(@Param(gen = IntGen.class, conf = "0:1") int lane) {
            return group.submit(null, lane, lane);
        }

        private List<Integer> run(Batch<Integer> batch) {
            List<Integer> unused = batch.join(anyone -> true);
            List<Integer> answers = new ArrayList<>();
            for (int lane : batch.requests()) {
                answers.add(++done[lane]);
            }
            return answers;
        }
    }
}
