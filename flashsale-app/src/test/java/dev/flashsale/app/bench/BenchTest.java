package dev.flashsale.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.cli.CommandLineInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class BenchTest {

    private final TestDatabase database = TestDatabase.get();

    @TempDir
    private Path folder;

    @Test
    void everyRowIsMeasuredToldAndTidiedUp() throws Exception {
        Path json = folder.resolve("bench.json");
        Path html = folder.resolve("bench.html");

        int status = bench(
                "--all",
                "--aged-rows=2000",
                "--listeners=50",
                "--callers=4",
                "--seconds=1",
                "--rounds=1",
                "--json=" + json,
                "--html=" + html);

        assertThat(status).isZero();
        JsonNode report = new JsonMapper().readTree(json);
        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(report.path("ratios").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Ratio.values()).map(Ratio::label).toList());
        assertThat(report.path("ratios").values()).allMatch(ratio -> ratio.asDouble() > 0);
        assertThat(report.path("samples")).hasSize(report.path("workloads").size());
        assertThat(report.path("samples").values())
                .allSatisfy(sample -> assertThat(sample.path("done").asLong())
                        .as("%s", sample)
                        .isPositive());
        assertThat(report.path("conserved").values())
                .hasSize(1)
                .allMatch(round -> round.path("ok").asBoolean());
        assertThat(Files.readString(html))
                .contains("new Chart(", "hold_to_textbook")
                .doesNotContain("http://", "https://", "src=", "\"json\"");
        assertThat(schemasNamed(report.path("surroundings").path("schemas").asString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--callers=0", "--rows=hold,nothing", "--seconds=0", "--json=/nowhere/at/all.json"})
    void whatMakesNoSenseIsRefused(String argument) {
        assertThat(bench(argument)).isEqualTo(2);
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        all.add("--database-url=" + database.url() + "?allowPublicKeyRetrieval=true");
        all.add("--database-username=" + database.username());
        all.add("--database-password=" + database.password());
        return CommandLineInterface.run(all.toArray(String[]::new));
    }

    private List<String> schemasNamed(String name) throws Exception {
        assertThat(name).startsWith("flashsale_bench_");
        List<String> names = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show databases like '" + name + "%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
