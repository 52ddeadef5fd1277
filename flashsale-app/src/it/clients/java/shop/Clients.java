package shop;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs what was generated from openapi.yaml against the packaged server, on the database of the tests: the Java client, and
 * where there is Node the TypeScript client, both through Prism, which holds each request and answer to openapi.yaml; and
 * has Redocly and Spectral look at that. Arguments: the jar, the folder of this file's project, openapi.yaml, and the
 * folder of what was generated.
 */
public final class Clients {

    private static final String TOKEN = "generated-clients";
    private static final Pattern SERVES = Pattern.compile("serves on (http://[^ ]+:\\d+)");
    private static final Pattern LISTENS = Pattern.compile("listening on (http://[^ ]+:\\d+)");

    private final Path jar;
    private final Path source;
    private final Path document;
    private final Path folder;

    private Clients(String... arguments) {
        jar = Path.of(arguments[0]);
        source = Path.of(arguments[1]);
        document = Path.of(arguments[2]);
        folder = Path.of(arguments[3]);
    }

    public static void main(String... arguments) {
        int status = 1;
        try {
            new Clients(arguments).run();
            status = 0;
        } catch (Exception | AssertionError failed) {
            failed.printStackTrace();
        }
        // The database of the tests ends with this JVM, which would wait for it.
        System.exit(status);
    }

    private void run() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        try (Program server = Program.start(
                folder,
                "server",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "serve",
                "--http-port=0",
                "--http-host=127.0.0.1",
                "--operator-token=" + TOKEN,
                "--webhook-unsigned=accept",
                "--database-url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--database-username=" + database.username(),
                "--database-password=" + database.password())) {
            String url = server.await(SERVES);
            step("the Java client, against the server", () -> new JavaFlow(url, TOKEN).run());
            if (onPath("node") && onPath("npm")) {
                withNode(url);
            } else {
                System.out.println(
                        "skipped: the TypeScript client, Prism, Redocly and Spectral need Node: install nodejs and npm");
            }
        }
    }

    private void withNode(String url) throws Exception {
        Path project = folder.resolve("typescript");
        for (String file :
                List.of("package.json", ".npmrc", "tsconfig.json", "flow.ts", "redocly.yaml", ".spectral.yaml")) {
            Files.copy(
                    source.resolve("typescript").resolve(file),
                    project.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        step(
                "npm install",
                () -> Program.run(project, "npm", "npm", "install", "--no-audit", "--no-fund", "--prefer-offline"));
        step("redocly lint", () -> node(project, "redocly", "lint", "--max-problems=100", document.toString()));
        step("spectral lint", () -> node(project, "spectral", "lint", "--fail-severity=hint", document.toString()));
        step("tsc --strict", () -> node(project, "tsc"));
        try (Program prism = Program.start(
                project, "prism", bin(project, "prism"), "proxy", "--errors", "--port=0", document.toString(), url)) {
            String proxy = prism.await(LISTENS);
            step("the Java client, through Prism", () -> new JavaFlow(proxy, TOKEN).run());
            step(
                    "the TypeScript client, through Prism",
                    () -> Program.run(project, "flow", "node", "js/flow.js", proxy, TOKEN));
            prism.mustNotSay("Violation:");
        }
    }

    private static void node(Path project, String program, String... arguments) throws Exception {
        Program.run(
                project,
                program,
                Stream.concat(Stream.of(bin(project, program)), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static String bin(Path project, String program) {
        return project.resolve("node_modules/.bin")
                .resolve(program)
                .toAbsolutePath()
                .toString();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void step(String name, Step step) throws Exception {
        long begun = System.nanoTime();
        step.run();
        System.out.printf("ok: %s (%.1f s)%n", name, (System.nanoTime() - begun) / 1e9);
    }
}
