package dev.flashsale.app.bench;

import java.time.Duration;

/**
 * One thing that is measured.
 *
 * @param name by which it is known in the results
 * @param unit what is counted
 * @param what it measures, for people
 */
record Workload(String name, String unit, String what, Run run) {

    private static final int MOST_WARM_UPS = 8;
    private static final double STILL_FASTER = 1.05;

    /** Makes itself ready, which is not measured, and runs for about as long as the window. */
    @FunctionalInterface
    interface Run {
        Tally during(Duration window) throws Exception;
    }

    /** Runs it until it gets no faster, since a JVM compiles what runs most bit by bit; not for ever, since machines are noisy. */
    void warmUp(Duration window) throws Exception {
        double best = 0;
        double last = run.during(window).rate();
        for (int more = 1; more < MOST_WARM_UPS && last > best * STILL_FASTER; more++) {
            best = last;
            last = run.during(window).rate();
        }
    }
}
