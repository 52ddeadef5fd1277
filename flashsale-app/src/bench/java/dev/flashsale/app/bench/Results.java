package dev.flashsale.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The samples of a run, and what follows from them. */
final class Results {

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<Sample> of(String workload) {
        return samples.stream()
                .filter(sample -> sample.workload().equals(workload))
                .toList();
    }

    /** Over the rounds; empty if the workload was not measured. */
    OptionalDouble median(String workload, Metric metric) {
        double[] sorted = values(workload, metric).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    DoubleStream values(String workload, Metric metric) {
        return of(workload).stream().mapToDouble(metric::of);
    }

    /** Of the medians; empty if one of the two was not measured or did nothing. */
    OptionalDouble ratio(Ratio ratio) {
        OptionalDouble of = median(ratio.of(), ratio.metric());
        OptionalDouble to = median(ratio.to(), ratio.metric());
        return of.isPresent() && to.isPresent() && to.getAsDouble() > 0
                ? OptionalDouble.of(of.getAsDouble() / to.getAsDouble())
                : OptionalDouble.empty();
    }
}
