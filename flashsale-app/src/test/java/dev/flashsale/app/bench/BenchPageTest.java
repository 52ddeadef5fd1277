package dev.flashsale.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flashsale.app.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code bench --html} writes, in Chromium: bench-checks.html looks at it as a reader would, and tells. */
@Timeout(120)
class BenchPageTest {

    private static final List<String> QUESTIONS = List.of(
            "How fast is it beside the textbook way?",
            "How does the latency of a hold spread?",
            "What happens under overload?",
            "How does it scale with nodes and products?",
            "What slows it down?",
            "How fast is it over HTTP?");

    /** As Blink numbers what a reader prefers. */
    private static final int DARK = 0;

    private static final int LIGHT = 1;

    @TempDir
    private Path folder;

    @Test
    void everyPictureCanBeReadAtADeskOnAPhoneAndOnPaper() throws Exception {
        Optional<Path> chromium = Programs.find("chromium");
        assumeTrue(chromium.isPresent(), "Chromium is needed: apt-get install chromium");

        JsonNode told = open(chromium.get(), report(true), DARK);

        assertThat(told.path("faults")).as("%s", told).isEmpty();
        assertThat(told.path("dark").asBoolean()).isTrue();
        assertThat(told.path("headline").asString())
                .isEqualTo("1 × the holds of the textbook way; 16 of 19 promises met");
        assertThat(told.path("titles").values()).extracting(JsonNode::asString).containsExactlyElementsOf(QUESTIONS);
    }

    @Test
    void whatWasNotMeasuredHasNoPictureAndWhatDoesNotAddUpIsSaid() throws Exception {
        Optional<Path> chromium = Programs.find("chromium");
        assumeTrue(chromium.isPresent(), "Chromium is needed: apt-get install chromium");

        JsonNode told = open(chromium.get(), report(false, "hold", "textbook_hold"), LIGHT);

        assertThat(told.path("faults")).as("%s", told).isEmpty();
        assertThat(told.path("dark").asBoolean()).isFalse();
        assertThat(told.path("titles").values())
                .extracting(JsonNode::asString)
                .containsExactlyElementsOf(QUESTIONS.subList(0, 2));
        assertThat(told.path("text").asString())
                .contains("It did NOT add up after these rounds: 2.")
                .contains("Not measured in this run, see bench --all: " + String.join(" ", QUESTIONS.subList(2, 6)));
    }

    private static String report(boolean conserved, String... names) {
        List<Workload> workloads = (names.length > 0
                        ? Arrays.stream(names)
                        : Arrays.stream(Ratio.values()).flatMap(ratio -> Stream.of(ratio.to(), ratio.of())))
                .distinct()
                .map(name -> new Workload(name, "holds", "</script> & <b>what</b> it was", window -> tally()))
                .toList();
        Results results = new Results();
        workloads.forEach(workload -> {
            results.add(Sample.of(workload, 1, tally()));
            results.add(Sample.of(workload, 2, tally()));
        });
        return new BenchReport(
                        Instant.EPOCH,
                        "flashsale_bench_1",
                        new BenchPlan(256, Duration.ofSeconds(1), 2, 1, 1, 10_000_000, Row.usual()),
                        new Surroundings(
                                "MySQL 9.7.4", Map.of("innodb_flush_log_at_trx_commit", "1"), 2, "JVM 25", 512),
                        workloads,
                        results,
                        Map.of(1, true, 2, conserved))
                .html();
    }

    private static Tally tally() {
        Histogram latencies = new Histogram(Tally.MAX_LATENCY_NANOS, Tally.DIGITS);
        for (int millis = 1; millis < 3_000; millis *= 2) {
            latencies.recordValue(Duration.ofMillis(millis).toNanos());
        }
        return new Tally(Duration.ofSeconds(1), 1_234_567, 9_000, 17, latencies, "");
    }

    /** Answers the checks, and the page in it under a policy that lets it ask nobody for anything. */
    private JsonNode open(Path chromium, String page, int scheme) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        ConcurrentLinkedQueue<String> others = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            switch (path) {
                case "/" -> answer(exchange, checks());
                case "/bench.html" -> {
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Security-Policy",
                                    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:");
                    answer(exchange, page.replace("<title>", "<script>parent.watch(window)</script><title>"));
                }
                case "/told" -> {
                    answer(exchange, "");
                    boolean unused = told.complete(body);
                }
                default -> {
                    boolean unused = path.equals("/favicon.ico") || others.add(path);
                    answer(exchange, "");
                }
            }
        });
        server.start();
        Path profile = folder.resolve("profile-" + System.nanoTime());
        Process browser = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--blink-settings=preferredColorScheme=" + scheme,
                        "--user-data-dir=" + profile,
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            JsonNode answer = new JsonMapper().readTree(told.get(60, TimeUnit.SECONDS));
            assertThat(others).isEmpty();
            return answer;
        } finally {
            Programs.end(browser);
            server.stop(0);
        }
    }

    private static String checks() throws IOException {
        try (InputStream file = BenchPageTest.class.getResourceAsStream("bench-checks.html")) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
