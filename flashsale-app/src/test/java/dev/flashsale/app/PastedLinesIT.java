package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every line that a server prints to be tried, and every block of the README and of docs that is fenced as {@code sh}, in
 * their order in one session of a shell, against a server of their own. What cannot be run here is fenced as something
 * else: {@code console}, {@code text}.
 */
@Timeout(900)
class PastedLinesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TARGET = ROOT.resolve("flashsale-app/target");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    /** A request that is refused, and a program that is not there or ends badly, are told. None runs for long. */
    private static final String PRELUDE = """
            curl() { command curl --fail-with-body --max-time 60 "$@" || echo "REFUSED: curl $*" >&2; }
            java() { command java -XX:TieredStopAtLevel=1 "$@" || echo "ENDED BADLY: java $*" >&2; }
            """;

    /** Starting it takes most of the time: once is enough. */
    private static final String WITHOUT_THE_PROGRAM = "java() { :; }";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void whatIsPastedWorks(String shell) throws Exception {
        for (String program : List.of(shell, "curl", "openssl")) {
            assumeTrue(isThere(program), "it needs " + program + ": install it");
        }
        Path embedded = emptyDatabase();
        Process server = start(embedded);
        try {
            String welcome = awaitWelcome(server);
            String url = find(welcome, "serves on (\\S+)");
            String script = String.join(
                    "\n",
                    PRELUDE,
                    shell.equals("bash") ? "" : WITHOUT_THE_PROGRAM,
                    "export FLASHSALE_EMBEDDED_FOLDER=\"" + embedded + "\"",
                    welcome.lines().filter(line -> line.startsWith("  ")).collect(Collectors.joining("\n")),
                    "cd '" + ROOT + "'",
                    blocks(ROOT.resolve("README.md")),
                    // The pages are for a database of one's own.
                    "export FLASHSALE_DATABASE_URL='" + find(welcome, "reached at (\\S+)") + "'",
                    "cd '" + TARGET + "'",
                    blocks(pages()));

            String said =
                    run(shell, script.replace("http://localhost:8080", url).replace("localhost:8080", url));

            assertThat(said)
                    .doesNotContain(
                            "REFUSED", "ENDED BADLY", "not found", "no matches", "parse error", "NOT as promised")
                    .doesNotContain("FAILED", "WRONG")
                    .contains("\"available_stock\":10}", "\"status\":\"paid\"", "\"outcome\":\"applied\"")
                    .contains("On sale: product 2, Shirt", "Everything adds up.", "\"reason\":\"a pallet more\"");
            if (shell.equals("bash")) {
                assertThat(said).contains("All as promised.", "create table flashsale_hold", "Removed 0 holds");
            }
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A comment at the end of a line is none where it is typed into zsh. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs"})
    void noLineHasAComment(String place) throws Exception {
        Path[] files = place.equals("docs") ? pages() : new Path[] {ROOT.resolve(place)};

        assertThat(blocks(files).lines()).isNotEmpty().noneMatch(line -> line.matches("(.*\\s)?#(\\s.*)?"));
    }

    private static Path[] pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    private static String blocks(Path... files) throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path file : files) {
            Matcher block = BLOCK.matcher(Files.readString(file));
            while (block.find()) {
                blocks.add(block.group(1));
            }
        }
        return String.join("\n", blocks);
    }

    /** In a folder whose name a shell must be shown with care; what other tests have unpacked is not unpacked again. */
    private Path emptyDatabase() throws IOException {
        Path embedded = Files.createDirectories(folder.resolve("it's my folder"));
        try (Stream<Path> unpacked = Files.list(Files.createDirectories(TARGET.resolve("embedded")))) {
            for (Path home : unpacked.filter(
                            path -> path.getFileName().toString().startsWith("mariadb-"))
                    .toList()) {
                Files.createSymbolicLink(embedded.resolve(home.getFileName()), home);
            }
        }
        return embedded;
    }

    private Process start(Path embedded) throws IOException {
        return new ProcessBuilder(
                        java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        TARGET.resolve("flashsale-app-embedded.jar").toString(),
                        "serve",
                        "--http-port",
                        "0",
                        "--embedded-folder",
                        embedded.toString())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String awaitWelcome(Process server) throws Exception {
        while (server.isAlive()) {
            String said = Files.readString(folder.resolve("out"));
            if (said.contains("Ctrl-C stops it.")) {
                return said;
            }
            boolean unused = server.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(Files.readString(folder.resolve("err")));
    }

    private String run(String shell, String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script"), script);
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of(shell));
        command.addAll(shell.equals("zsh") ? List.of("-f", file.toString()) : List.of(file.toString()));
        ProcessBuilder session = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        session.environment().merge("PATH", java().getParent().toString(), (old, first) -> first + ":" + old);
        Process running = session.start();
        try {
            boolean ended = running.waitFor(600, TimeUnit.SECONDS);
            assertThat(ended).as("ends: " + Files.readString(said)).isTrue();
        } finally {
            running.destroyForcibly();
        }
        return Files.readString(said);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
