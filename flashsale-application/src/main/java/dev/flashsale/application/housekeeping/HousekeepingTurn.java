package dev.flashsale.application.housekeeping;

import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What is tidied up each time: a bounded number of passes of each kind. One that fails fails alone. */
record HousekeepingTurn(List<Pass> passes, Failures failures) {

    private static final int MAX_PASSES = 100;

    /** @param once answers how many ended in it, 0 once nothing is left to do */
    record Pass(Work work, IntSupplier once) {}

    /** @param stopping asked before each pass */
    void run(BooleanSupplier stopping) {
        passes.forEach(pass -> repeat(pass, stopping));
    }

    /** Whatever it ends in, the others and the next turn come: an executor would drop a task that threw. */
    private void repeat(Pass pass, BooleanSupplier stopping) {
        try {
            int made = 0;
            while (!stopping.getAsBoolean() && made < MAX_PASSES && pass.once().getAsInt() > 0) {
                made++;
            }
        } catch (Throwable failed) {
            if (!stopping.getAsBoolean()) {
                failures.report(pass.work(), "a pass", failed);
            }
        }
    }
}
