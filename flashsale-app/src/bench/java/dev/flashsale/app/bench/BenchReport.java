package dev.flashsale.app.bench;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run measured, for people and for programs. */
final class BenchReport {

    private static final JsonMapper JSON = new JsonMapper();

    private final Instant startedAt;
    private final String schemas;
    private final BenchPlan plan;
    private final Surroundings surroundings;
    private final Collection<Workload> workloads;
    private final Results results;
    private final Map<Integer, Boolean> conserved;

    BenchReport(
            Instant startedAt,
            String schemas,
            BenchPlan plan,
            Surroundings surroundings,
            Collection<Workload> workloads,
            Results results,
            Map<Integer, Boolean> conserved) {
        this.startedAt = startedAt;
        this.schemas = schemas;
        this.plan = plan;
        this.surroundings = surroundings;
        this.workloads = workloads;
        this.results = results;
        this.conserved = conserved;
    }

    /** Whether after every round everything added up and nothing that was promised was missing. */
    boolean conserved() {
        return conserved.values().stream().allMatch(Boolean::booleanValue);
    }

    String table() {
        return ResultTable.of(workloads, results) + "\n"
                + (conserved()
                        ? "After every round everything added up: nothing oversold, nothing lost that was promised."
                        : "It did NOT add up after the rounds "
                                + conserved.entrySet().stream()
                                        .filter(round -> !round.getValue())
                                        .map(Map.Entry::getKey)
                                        .toList());
    }

    /** A page that needs nothing else. */
    String html() {
        return Charts.page(json());
    }

    String json() {
        ObjectNode document = JSON.createObjectNode().put("started_at", startedAt.toString());
        ObjectNode unusedPlan = document.putObject("plan")
                .put("callers", plan.callers())
                .put("seconds", plan.window().toSeconds())
                .put("rounds", plan.rounds())
                .put("products", plan.products())
                .put("aged_rows", plan.agedRows());
        addSurroundings(document.putObject("surroundings"));
        ObjectNode ratios = document.putObject("ratios");
        ArrayNode promises = document.putArray("promises");
        for (Ratio ratio : Ratio.values()) {
            OptionalDouble measured = results.ratio(ratio);
            if (measured.isPresent()) {
                double value = measured.getAsDouble();
                ratios.put(ratio.label(), value);
                ObjectNode unused = promises.addObject()
                        .put("ratio", ratio.label())
                        .put("what", ratio.description())
                        .put(ratio.smallerIsBetter() ? "at_most" : "at_least", ratio.target())
                        .put("aim", ratio.aim())
                        .put("met", ratio.metBy(value));
            }
        }
        ArrayNode workloadsNode = document.putArray("workloads");
        workloads.forEach(workload -> add(workloadsNode.addObject(), workload));
        ArrayNode samples = document.putArray("samples");
        results.samples().forEach(sample -> add(samples.addObject(), sample));
        ArrayNode rounds = document.putArray("conserved");
        conserved.forEach((round, ok) -> {
            ObjectNode unused = rounds.addObject().put("round", round).put("ok", ok);
        });
        return document.put("ok", conserved()).toPrettyString();
    }

    private void addSurroundings(ObjectNode node) {
        ObjectNode variables = node.put("database", surroundings.version())
                .put("schemas", schemas)
                .put("durability_relaxed", surroundings.relaxed())
                .put("cores", surroundings.cores())
                .put("jvm", surroundings.jvm())
                .put("max_heap_mb", surroundings.maxHeapMegabytes())
                .putObject("variables");
        new TreeMap<>(surroundings.variables()).forEach((name, value) -> variables.put(name, value));
    }

    private void add(ObjectNode node, Workload workload) {
        node.put("workload", workload.name())
                .put("unit", workload.unit() + "/s")
                .put("what", workload.what());
        for (Metric metric : Metric.values()) {
            results.median(workload.name(), metric).ifPresent(median -> {
                ObjectNode unusedNode = node.put(
                        "median_" + metric.name().toLowerCase(Locale.ROOT) + (metric == Metric.RATE ? "" : "_ms"),
                        median);
            });
        }
    }

    private static void add(ObjectNode node, Sample sample) {
        ObjectNode unusedNode = node.put("workload", sample.workload())
                .put("round", sample.round())
                .put("seconds", sample.seconds())
                .put("done", sample.done())
                .put("refused", sample.refused())
                .put("failed", sample.failed())
                .put("rate", sample.rate())
                .put("p50_ms", sample.p50Millis())
                .put("p90_ms", sample.p90Millis())
                .put("p99_ms", sample.p99Millis())
                .put("p999_ms", sample.p999Millis())
                .put("max_ms", sample.maxMillis())
                .put("note", sample.note());
    }
}
