package dev.flashsale.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Lincheck tries the ways in which callers can come between one another: whatever the order, each call ends, each
 * request is done once, and what is answered is what would be answered if they had come one after the other.
 */
public class GroupCommitLincheckTest {

    private static final int LANES = 2;

    private final GroupCommit<Integer, Integer, Integer> group =
            new GroupCommit<>(this::run, new GroupCommitBounds(2, 2, 8, Duration.ofDays(1)), 1);

    /** Counted without a lock: two batches of one lane at the same time would lose a number. */
    private final int[] done = new int[LANES];

    @Operation(blocking = true)
    public int submit(@Param(gen = IntGen.class, conf = "0:1") int lane) {
        return group.submit(lane, lane);
    }

    private List<Integer> run(List<Integer> batch) {
        List<Integer> answers = new ArrayList<>();
        for (int lane : batch) {
            answers.add(++done[lane]);
        }
        return answers;
    }

    @Test
    public void everyOrderOfCallersIsAsIfTheyHadComeOneByOne() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(GroupCommitLincheckTest.class);
    }
}
