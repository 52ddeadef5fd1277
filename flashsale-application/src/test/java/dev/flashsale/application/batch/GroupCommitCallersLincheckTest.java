package dev.flashsale.application.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lincheck tries the ways in which three callers of one lane can come between one another while the lead is handed over,
 * while they leave the queue, and while they join a batch. In every order each call ends, an answer is one's own and was
 * worked out once, and what is refused was not done. Time is a count of those who look at it; nothing waits for it.
 */
class GroupCommitCallersLincheckTest {

    private static final int ORDERS = 100;
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int CALLERS = CallersOfALane.CALLERS;
    private static final int LAST = CALLERS;

    @ParameterizedTest
    @ValueSource(classes = {HandOver.class, Leaving.class, LateComers.class})
    void everyOrderKeepsThePromises(Class<? extends CallersOfALane> callers) {
        check(callers, ORDERS);
    }

    /** The canaries: each is found only in an order in which what it is about happens. */
    @ParameterizedTest
    @ValueSource(classes = {LostLead.class, Staying.class, UnfitLateComers.class, WithoutALock.class})
    void anOrderThatBreaksThemIsFound(Class<? extends CallersOfALane> broken) {
        assertThatThrownBy(() -> check(broken, 10 * ORDERS))
                .isInstanceOf(LincheckAssertionError.class)
                .message()
                .containsAnyOf("The execution has hung", "Validation function promises has failed");
    }

    private static void check(Class<? extends CallersOfALane> callers, int orders) {
        new ModelCheckingOptions()
                .iterations(1)
                .invocationsPerIteration(orders)
                .threads(CALLERS)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .verifier(EpsilonVerifier.class)
                .check(callers);
    }

    public static class HandOver extends CallersOfALane {
        public HandOver() {
            this(new Lanes<>(CALLERS, 1), new ReentrantLock());
        }

        HandOver(Lanes<Ticket<Integer, Integer>> lanes, Lock lock) {
            super(lanes, lock, FOR_EVER, nobody -> false);
        }
    }

    /** Whoever came while a batch ran is not told that it has ended. */
    public static final class LostLead extends HandOver {
        public LostLead() {
            super(
                    new Lanes<>(CALLERS, 1) {
                        @Override
                        void served(List<Lane<Ticket<Integer, Integer>>> served, boolean busy) {}
                    },
                    new ReentrantLock());
        }
    }

    public static final class WithoutALock extends HandOver {
        public WithoutALock() {
            super(new Lanes<>(CALLERS, 1), new ReentrantLock() {
                @Override
                public void lock() {}

                @Override
                public void unlock() {}
            });
        }
    }

    /** Whoever waits loses patience after two looks at the clock, by whomever; and the last is interrupted. */
    public static class Leaving extends CallersOfALane {
        public Leaving() {
            this(new Lanes<>(CALLERS, 1));
        }

        Leaving(Lanes<Ticket<Integer, Integer>> lanes) {
            super(lanes, new ReentrantLock(), Duration.ofNanos(2), nobody -> false);
        }

        @Override
        public int submit(int request) {
            if (request == LAST) {
                Thread.currentThread().interrupt();
            }
            try {
                return super.submit(request);
            } finally {
                disturbed |= Thread.interrupted() != (request == LAST);
            }
        }
    }

    /** Whoever leaves is Busy, and gets his turn all the same. */
    public static final class Staying extends Leaving {
        public Staying() {
            super(new Lanes<>(CALLERS, 1) {
                @Override
                boolean leave(Lane<Ticket<Integer, Integer>> lane, Ticket<Integer, Integer> who) {
                    return true;
                }
            });
        }
    }

    public static class LateComers extends CallersOfALane {
        public LateComers() {
            this(new Lanes<>(CALLERS, 1));
        }

        LateComers(Lanes<Ticket<Integer, Integer>> lanes) {
            super(lanes, new ReentrantLock(), FOR_EVER, request -> request != LAST);
        }
    }

    /** They join a batch whether they may or not. */
    public static final class UnfitLateComers extends LateComers {
        public UnfitLateComers() {
            super(new Lanes<>(CALLERS, 1) {
                @Override
                Ticket<Integer, Integer> poll(
                        Lane<Ticket<Integer, Integer>> lane, Predicate<Ticket<Integer, Integer>> fits) {
                    return super.poll(lane, anyone -> true);
                }
            });
        }
    }
}
