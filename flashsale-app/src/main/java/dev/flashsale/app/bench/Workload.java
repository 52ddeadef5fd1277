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

    /** Makes itself ready, which is not measured, and runs for about as long as the window. */
    @FunctionalInterface
    interface Run {
        Tally during(Duration window) throws Exception;
    }
}
