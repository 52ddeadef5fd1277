package dev.flashsale.app.bench;

import dev.flashsale.app.WrongCall;
import java.time.Duration;
import java.util.Set;

/**
 * What to measure and for how long. Refuses what makes no sense with a {@link WrongCall}.
 *
 * @param callers who call at once
 * @param window how long a workload is measured in a round
 * @param products over which the callers of the hot product are spread
 * @param listeners of a product, where there are any
 * @param agedRows ended holds in an aged table
 */
record BenchPlan(int callers, Duration window, int rounds, int products, int listeners, long agedRows, Set<Row> rows) {

    BenchPlan {
        check("--callers", callers, 1, 10_000);
        check("--seconds", window.toSeconds(), 1, 3600);
        check("--rounds", rounds, 1, 1000);
        check("--products", products, 1, 10_000);
        check("--listeners", listeners, 1, 10_000);
        check("--aged-rows", agedRows, 1, 1_000_000_000);
        if (rows.isEmpty()) {
            throw new WrongCall("--rows names nothing to measure: see `bench --help`");
        }
        rows = Set.copyOf(rows);
    }

    /** How long each turn of warming up takes, apart from what is measured. */
    Duration warmUp() {
        return window.dividedBy(4);
    }

    private static void check(String flag, long value, long min, long max) {
        if (value < min || value > max) {
            throw new WrongCall(flag + " is '" + value + "', allowed is a whole number from " + min + " to " + max);
        }
    }
}
