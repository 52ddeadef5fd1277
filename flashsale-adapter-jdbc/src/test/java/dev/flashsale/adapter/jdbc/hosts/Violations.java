package dev.flashsale.adapter.jdbc.hosts;

import java.util.Map;
import java.util.TreeMap;

/** What should not have happened: how often each kind did, and the first of each. */
final class Violations {

    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * @param what the kind of it
     * @param which told of the first one alone
     */
    synchronized void add(String what, Object which) {
        if (counts.merge(what, 1, Integer::sum) == 1) {
            System.out.println("VIOLATION: " + what + ": " + which);
            if (which instanceof Throwable failed) {
                failed.printStackTrace(System.out);
            }
        }
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
