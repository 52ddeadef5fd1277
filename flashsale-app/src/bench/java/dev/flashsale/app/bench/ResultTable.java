package dev.flashsale.app.bench;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.OptionalDouble;

/** Results for people. */
final class ResultTable {

    private static final String WORKLOAD = "%-18s %-9s %12s %25s %11s %11s %8s %8s";
    private static final String RATIO = "%-28s %-62s %10s  %-15s %-9s %s";

    private ResultTable() {}

    static String of(Collection<Workload> workloads, Results results) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                WORKLOAD.formatted(
                        "workload", "unit", "median/s", "min .. max", "p50 ms", "p99 ms", "refused", "failed"));
        for (Workload workload : workloads) {
            DoubleSummaryStatistics rates =
                    results.values(workload.name(), Metric.RATE).summaryStatistics();
            line(
                    text,
                    WORKLOAD.formatted(
                            workload.name(),
                            workload.unit(),
                            number(results.median(workload.name(), Metric.RATE)),
                            number(rates.getMin()) + " .. " + number(rates.getMax()),
                            number(results.median(workload.name(), Metric.P50)),
                            number(results.median(workload.name(), Metric.P99)),
                            results.of(workload.name()).stream()
                                    .mapToLong(Sample::refused)
                                    .sum(),
                            results.of(workload.name()).stream()
                                    .mapToLong(Sample::failed)
                                    .sum()));
        }
        text.append('\n');
        line(text, RATIO.formatted("ratio of medians", "", "measured", "promised", "aim", ""));
        for (Ratio ratio : Ratio.values()) {
            results.ratio(ratio)
                    .ifPresent(value -> line(
                            text,
                            RATIO.formatted(
                                    ratio.label(),
                                    ratio.description(),
                                    number(value),
                                    bound(ratio, ratio.target()),
                                    number(ratio.aim()),
                                    ratio.metBy(value) ? "met" : "NOT met")));
        }
        return text.toString();
    }

    static String bound(Ratio ratio, double bound) {
        return (ratio.smallerIsBetter() ? "at most " : "at least ") + number(bound);
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    /** Three digits that count, whole above a hundred. */
    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String plain = value >= 10
                ? String.format(Locale.ROOT, "%.1f", value)
                : value >= 1 ? String.format(Locale.ROOT, "%.2f", value) : String.format(Locale.ROOT, "%.3f", value);
        return plain.replaceFirst("\\.?0+$", "");
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
