package dev.flashsale.app.bench;

import dev.flashsale.app.Problem;
import dev.flashsale.app.WrongCall;
import dev.flashsale.app.cli.FlashsaleCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Measures this machine and its database: ours beside the textbook way and beside what the database can do at"
                    + " most, in turns within one run.",
            "Works in schemas of its own, flashsale_bench_…, on the server of --database-url (the database of that URL is"
                    + " left alone) or else on a throw-away embedded one, and drops them. Exit status 1 if after a round"
                    + " something did not add up.",
        })
public final class BenchCommand extends FlashsaleCommand {

    @Option(
            names = "--callers",
            paramLabel = "NUMBER",
            defaultValue = "256",
            description = "Who call at once. Default: ${DEFAULT-VALUE}.")
    private int callers;

    @Option(
            names = "--seconds",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "How long each workload is measured in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "How often each takes its turn; medians count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--products",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Hot products over which the callers are spread. Default: ${DEFAULT-VALUE}.")
    private int products;

    @Option(
            names = "--rows",
            paramLabel = "NAME",
            split = ",",
            description = "What to measure, several with commas: hold, single, funnel, refusal (these by default),"
                    + " two-nodes, products64, limited, events, expiry, http, overload, stream, aged.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--http", description = "Also over HTTP, against a server of its own: the rows http and overload.")
    private boolean http;

    @Option(names = "--all", description = "Every row. With the aged one this takes long.")
    private boolean all;

    @Option(
            names = "--listeners",
            paramLabel = "NUMBER",
            defaultValue = "8000",
            description = "Who listens in the row stream; each takes two open files. Default: ${DEFAULT-VALUE}.")
    private int listeners;

    @Option(
            names = "--aged-rows",
            paramLabel = "NUMBER",
            defaultValue = "10000000",
            description = "Ended holds in the table of the row aged. Default: ${DEFAULT-VALUE}.")
    private long agedRows;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every sample and the ratios there.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts there.")
    private @Nullable Path html;

    @Override
    public Integer call() throws Exception {
        BenchPlan plan = new BenchPlan(
                callers, Duration.ofSeconds(seconds), rounds, products, listeners, agedRows, chosenRows());
        requireWritable("--json", json);
        requireWritable("--html", html);
        BenchReport report = Bench.run(plan, settings(), out());
        out().println(report.table());
        write("--json", json, report.json());
        write("--html", html, report.html());
        return report.conserved() ? DONE : NOT_IN_ORDER;
    }

    private Set<Row> chosenRows() {
        if (all) {
            return EnumSet.allOf(Row.class);
        }
        Set<Row> chosen = rows.isEmpty() ? Row.usual() : EnumSet.noneOf(Row.class);
        rows.forEach(name -> chosen.add(row(name.strip())));
        if (http) {
            chosen.addAll(Set.of(Row.HTTP, Row.OVERLOAD));
        }
        return chosen;
    }

    private static Row row(String name) {
        return Arrays.stream(Row.values())
                .filter(row -> row.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new WrongCall("--rows is '" + name + "', allowed are "
                        + Arrays.stream(Row.values()).map(Row::label).collect(Collectors.joining(", "))));
    }

    /** Before minutes of measuring, not after. */
    private static void requireWritable(String flag, @Nullable Path file) {
        if (file != null) {
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
                throw new WrongCall(flag + ": cannot write the file " + file);
            }
        }
    }

    private void write(String flag, @Nullable Path file, String content) {
        if (file != null) {
            try {
                Path written = Files.writeString(file, content);
                out().println("Written: " + written);
            } catch (IOException e) {
                throw new Problem(flag + ": cannot write the file " + file + " (" + Problem.why(e) + ")", e);
            }
        }
    }
}
