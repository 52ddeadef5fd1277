package dev.flashsale.app.bench;

import dev.flashsale.app.database.ScratchSchemas;
import dev.flashsale.app.settings.SettingsOnly;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the workloads of a plan in turns, and tells what came of it. */
final class Bench {

    private final BenchPlan plan;
    private final PrintWriter out;
    private final Progress progress;

    private Bench(BenchPlan plan, PrintWriter out, Progress progress) {
        this.plan = plan;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Measures on schemas of its own and drops them, also when the program is told to stop meanwhile.
     *
     * @param settings properties as Spring Boot takes them
     * @param out for people
     */
    static BenchReport run(BenchPlan plan, List<String> settings, PrintWriter out) throws Exception {
        Cleanup cleanup = new Cleanup();
        try (cleanup;
                Progress progress = Progress.onStandardError()) {
            ScratchSchemas schemas = cleanup.add(ScratchSchemas.open(SettingsOnly.read(settings)));
            Stage stage = cleanup.add(new Stage(plan, schemas, progress));
            return new Bench(plan, out, progress).run(stage);
        }
    }

    private BenchReport run(Stage stage) throws Exception {
        Instant startedAt = Instant.now();
        Surroundings surroundings = Surroundings.of(stage.schemas().pool());
        say("On schemas of its own: " + stage.schemas().description());
        say(surroundings.line());
        if (surroundings.relaxed()) {
            say(
                    "WARNING: this database is set to acknowledge commits that it can lose; figures are better than with full"
                            + " durability.");
        }
        progress.begin("getting ready");
        Collection<Workload> workloads = Workloads.of(stage);
        progress.expect(workloads.size() * (plan.rounds() + 1));
        Results results = new Results();
        for (Workload workload : workloads) {
            String step = "warming up, " + workload.name();
            progress.begin(step);
            workload.warmUp(plan.warmUp());
            progress.end(step);
        }
        Map<Integer, Boolean> conserved = new LinkedHashMap<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Workload workload : workloads) {
                String step = "round " + round + " of " + plan.rounds() + ", " + workload.name();
                progress.begin(step);
                Sample sample = Sample.of(workload, round, workload.run().during(plan.window()));
                results.add(sample);
                progress.end(step + ": " + ResultTable.number(sample.rate()) + " " + sample.unit() + "/s, p99 "
                        + ResultTable.number(sample.p99Millis()) + " ms"
                        + (sample.note().isEmpty() ? "" : ", " + sample.note()));
            }
            progress.begin("round " + round + ", does everything add up");
            boolean unused = conserved.merge(round, stage.conserved(), Boolean::logicalAnd);
        }
        return new BenchReport(startedAt, stage.schemas().name(), plan, surroundings, workloads, results, conserved);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
