package dev.flashsale.application.batch;

import dev.flashsale.application.Busy;
import dev.flashsale.application.GroupCommitBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What Lincheck runs: requests 1 to {@value #CALLERS}, each from a thread of its own, in one lane and in batches of two, and
 * the promises that are looked at afterwards.
 */
public abstract class CallersOfALane {

    static final int CALLERS = 3;

    private static final Duration NEVER_LATE = Duration.ofDays(1);
    private static final int REFUSED = 1;

    private final GroupCommit<String, Integer, Integer> group;
    private final Predicate<Integer> mayJoin;
    private final int[] done = new int[1 + CALLERS];
    private final int[] answers = new int[1 + CALLERS];
    private int running;

    /** A promise was broken that is not seen by the outcomes. */
    boolean disturbed;

    private long now;

    CallersOfALane(Lanes<Ticket<Integer, Integer>> lanes, Lock lock, Duration patience, Predicate<Integer> mayJoin) {
        this.mayJoin = mayJoin;
        GroupCommitBounds bounds = new GroupCommitBounds(2, 1, CALLERS, patience);
        group = new GroupCommit<>(this::run, bounds, lanes, NEVER_LATE, lock, () -> now++);
    }

    @Operation(blocking = true)
    public int submit(@Param(gen = ThreadIdGen.class) int request) {
        try {
            answers[request] = group.submit(null, "lane", request);
        } catch (Busy busy) {
            answers[request] = REFUSED;
        }
        return answers[request];
    }

    private List<Integer> run(Batch<Integer> batch) {
        disturbed |= ++running > 1;
        for (int joined : batch.join(mayJoin)) {
            disturbed |= !mayJoin.test(joined);
        }
        List<Integer> answers = new ArrayList<>();
        for (int request : batch.requests()) {
            done[request]++;
            answers.add(-request);
        }
        running--;
        return answers;
    }

    @Validate
    public void promises() {
        if (disturbed) {
            throw new AssertionError(
                    "two batches of a lane at once, or who joined might not, or an interrupt was lost or made up");
        }
        for (int request = 1; request <= CALLERS; request++) {
            boolean kept = answers[request] == REFUSED
                    ? done[request] == 0
                    : answers[request] == -request && done[request] == 1;
            if (!kept) {
                throw new AssertionError(
                        "request " + request + ": done " + done[request] + " times, told " + answers[request]);
            }
        }
    }
}
