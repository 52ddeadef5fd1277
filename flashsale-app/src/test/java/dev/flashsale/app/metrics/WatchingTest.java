package dev.flashsale.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.webhook.EndpointOutcome;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/watching.md, the dashboard and the alerts, against what a server shows that has sold something. */
@Timeout(120)
class WatchingTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Path WATCHING = DOCS.resolve("watching");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)(?:\\{([\\w,]+)})?` \\| .+ \\|");
    private static final Pattern ALERT = Pattern.compile("\\| `(Flashsale\\w+)` \\| .+ \\|");

    /** There is none before the first collection, and which there are is the collector's matter. */
    private static final String COLLECTIONS = "jvm_gc_";

    private static Scrape scrape;

    @BeforeAll
    static void sell() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        List<String> settings = List.of(
                "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--flashsale.database.username=" + database.username(),
                "--flashsale.database.password=" + database.password(),
                "--flashsale.webhook.unsigned=accept",
                "--flashsale.audit.interval=100ms",
                "--flashsale.metrics.access=open",
                "--flashsale.http.host=127.0.0.1",
                "--flashsale.http.port=0");
        try (HikariDataSource pool = database.newPool(2)) {
            Schema.migrate(pool);
            Flashsale sale = Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
            assertThat(sale.products().put(Examples.product(new ProductId(1)), 2))
                    .isNotNull();
            // Nothing is sent to an address of this machine, so events wait.
            assertThat(sale.operator(Cause.PROGRAM)
                            .createEndpoint(URI.create("https://127.0.0.1/"), Set.of(EventKind.SOLD_OUT)))
                    .isInstanceOf(EndpointOutcome.Done.class);
        }
        try (RunningFlashsale server = RunningFlashsale.withServer(Purpose.SERVE, settings);
                HttpClient client = HttpClient.newHttpClient()) {
            Buyer buyer = new Buyer(client, "http://127.0.0.1:" + server.port());
            buyer.get("/api/products/1");
            buyer.buy("first");
            buyer.buy("second");
            buyer.pay("1", "third");
            buyer.pay("1000", "early");
            System.gc();
            String shown = "";
            while (!shown.contains("flashsale_refused_from_memory_total{")
                    || !shown.contains("flashsale_product_pieces{")
                    || !shown.contains("flashsale_endpoint_waiting{")
                    || !shown.contains("jvm_gc_pause_seconds_sum")) {
                buyer.hold();
                buyer.hold();
                shown = buyer.get("/metrics");
            }
            scrape = Scrape.of(shown);
        }
    }

    private record Buyer(HttpClient client, String url) {

        void buy(String transaction) throws Exception {
            String hold = hold().replaceFirst(".*\"hold_id\":\"([^\"]*)\".*", "$1");
            String order =
                    post("/api/orders", "{\"hold_id\":\"" + hold + "\"}").replaceFirst(".*\"order_id\":(\\d+).*", "$1");
            pay(order, transaction);
        }

        String hold() throws Exception {
            return post("/api/holds", "{\"product_id\":1,\"quantity\":1}");
        }

        void pay(String order, String transaction) throws Exception {
            assertThat(post(
                            "/api/payments/webhook",
                            "{\"order_id\":" + order + ",\"status\":\"success\",\"transaction_id\":\"" + transaction
                                    + "\"}"))
                    .contains("\"outcome\"");
        }

        String get(String path) throws Exception {
            return send(HttpRequest.newBuilder(URI.create(url + path)));
        }

        private String post(String path, String body) throws Exception {
            return send(HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
        }

        private String send(HttpRequest.Builder request) throws Exception {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void every_metric_is_in_the_documentation_with_its_labels_and_no_other() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCS.resolve("watching.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).startsWith("Flashsale")) {
                documented.put(
                        row.group(1),
                        row.group(2) == null
                                ? Set.of()
                                : new TreeSet<>(Set.of(row.group(2).split(","))));
            }
        }
        Map<String, Set<String>> shown = new TreeMap<>(scrape.families());
        shown.keySet().removeIf(name -> name.startsWith(COLLECTIONS) && documented.containsKey(name));
        documented.keySet().removeIf(name -> name.startsWith(COLLECTIONS));

        assertThat(shown).hasSizeGreaterThan(40).isEqualTo(documented);
    }

    @Test
    void the_dashboard_shows_what_a_server_tells() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(WATCHING.resolve("dashboard.json")));
        List<String> expressions = new ArrayList<>();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asString()).isEqualTo("${datasource}");
                expressions.add(target.get("expr").asString());
            }
        }
        List<String> variables = StreamSupport.stream(
                        dashboard.at("/templating/list").spliterator(), false)
                .filter(variable -> variable.get("type").asString().equals("query"))
                .map(variable -> variable.get("definition").asString())
                .toList();

        assertThat(expressions)
                .hasSizeGreaterThan(30)
                .allSatisfy(one -> assertThat(scrape.faults(one)).as(one).isEmpty());
        assertThat(variables)
                .containsExactly(
                        "label_values(flashsale_ready, instance)", "label_values(flashsale_product_stock, product)");
    }

    @Test
    void the_alerts_watch_what_a_server_tells_and_say_what_to_do() throws IOException {
        List<String> documented = Files.readAllLines(DOCS.resolve("watching.md")).stream()
                .map(ALERT::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();

        List<Map<String, Object>> rules = rules();

        assertThat(rules).extracting(rule -> rule.get("alert")).containsExactlyElementsOf(List.copyOf(documented));
        assertThat(rules).allSatisfy(rule -> {
            assertThat(scrape.faults((String) rule.get("expr"))).as("%s", rule).isEmpty();
            assertThat(rule.get("labels")).extracting("severity").isIn("critical", "warning", "info");
            assertThat(((Map<?, ?>) rule.get("annotations")).keySet()).isEqualTo(Set.of("summary", "description"));
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Files.readString(WATCHING.resolve("alerts.yml")));
        return (List<Map<String, Object>>) file.get("groups").getFirst().get("rules");
    }

    @Test
    void prometheus_takes_the_alerts_and_they_fire_when_they_should() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "there is no promtool: install the Debian package prometheus");

        assertThat(promtool("check", "rules", "alerts.yml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "alerts-test.yml")).contains("SUCCESS");
    }

    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .directory(WATCHING.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            return new String(promtool.getInputStream().readAllBytes());
        } finally {
            promtool.destroyForcibly();
        }
    }

    /** The tests above would not be worth much if this went unseen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(flashsale_requestz_total[5m])",
                "rate(flashsale_requests{kind=\"hold\"}[5m])",
                "sum by (kindness) (rate(flashsale_requests_total[5m]))",
                "flashsale_requests_total{kindness=\"hold\"}",
                "flashsale_requests_total{outcome=\"refund\"}",
                "flashsale_requests_total{outcome=~\"refund.?\"}",
                "flashsale_ready{trouble=\"$trouble\"}",
                "flashsale_ready + flashsale_redy",
                "sum(1)"
            })
    void an_expression_of_what_no_server_tells_is_found(String expression) {
        assertThat(scrape.faults(expression)).isNotEmpty();
    }
}
