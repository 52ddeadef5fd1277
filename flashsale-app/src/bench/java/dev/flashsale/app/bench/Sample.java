package dev.flashsale.app.bench;

/**
 * What one workload did in one round. Latencies are of the calls that were done.
 *
 * @param rate calls done per second
 * @param note for people, may be empty
 */
record Sample(
        String workload,
        String unit,
        int round,
        double seconds,
        long done,
        long refused,
        long failed,
        double rate,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        String note) {

    static Sample of(Workload workload, int round, Tally tally) {
        return new Sample(
                workload.name(),
                workload.unit(),
                round,
                tally.took().toNanos() / 1e9,
                tally.done(),
                tally.refused(),
                tally.failed(),
                tally.rate(),
                millis(tally, 50),
                millis(tally, 90),
                millis(tally, 99),
                millis(tally, 99.9),
                tally.latencyNanos().getMaxValue() / 1e6,
                tally.note());
    }

    private static double millis(Tally tally, double percentile) {
        return tally.latencyNanos().getValueAtPercentile(percentile) / 1e6;
    }
}
