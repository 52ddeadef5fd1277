package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.Programs;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.flow.Step;
import dev.flashsale.app.flow.TestFlow;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.testing.Examples;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of docs/proxies.md, each with the program that it is for: the whole life of an order goes through it. */
@Timeout(180)
class ProxiesTest {

    private static final String TOKEN = "of-the-proxies";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicLong products = new AtomicLong();
    private static RunningFlashsale server;

    @TempDir
    private Path folder;

    private final int port = freePort();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        TestDatabase database = TestDatabase.get().withNewSchema();
        server = RunningFlashsale.withServer(
                Purpose.SERVE,
                List.of(
                        "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                        "--flashsale.database.username=" + database.username(),
                        "--flashsale.database.password=" + database.password(),
                        "--flashsale.webhook.unsigned=accept",
                        "--flashsale.operator.token=" + TOKEN,
                        "--flashsale.hold.ttl=4s",
                        "--flashsale.limit.address=1000/1s",
                        "--flashsale.http.trusted-proxies=127.0.0.1",
                        "--flashsale.http.host=127.0.0.1",
                        "--flashsale.http.port=0"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void nginx_as_plain_as_can_be() throws Exception {
        throughNginx(snippet("nginx", 0));
    }

    @Test
    void nginx_with_connections_that_are_kept() throws Exception {
        throughNginx(snippet("nginx", 1));
    }

    @Test
    void haproxy_with_its_health_check() throws Exception {
        int statsPort = freePort();
        String stats = "\nlisten stats\n  bind 127.0.0.1:" + statsPort + "\n  stats enable\n  stats uri /\n";
        Path file = write("haproxy.cfg", snippet("haproxy", 0).replace(":80\n", "127.0.0.1:" + port + "\n") + stats);

        through(program("haproxy"), List.of("-db", "-f", file.toString()), () -> {
            String health = await(statsPort, "/;csv", body -> body.contains("flashsale,one,") && body.contains("L7OK"));
            assertThat(health.lines().filter(line -> line.startsWith("flashsale,one,")))
                    .singleElement()
                    .asString()
                    .contains(",UP,");
        });
    }

    @Test
    void caddy_with_its_health_check() throws Exception {
        String alone = "{\n  admin off\n}\n";
        Path file =
                write("Caddyfile", alone + snippet("caddyfile", 0).replace(":80 ", "http://127.0.0.1:" + port + " "));

        through(program("caddy"), List.of("run", "--adapter", "caddyfile", "--config", file.toString()), () -> {});
    }

    private void throughNginx(String snippet) throws Exception {
        StringBuilder own = new StringBuilder("http {\n  access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            own.append("  " + kind + "_temp_path " + folder.resolve(kind) + ";\n");
        }
        Path file = write(
                "nginx.conf", snippet.replace("http {\n", own).replace("listen 80;", "listen 127.0.0.1:" + port + ";"));
        String alone = "daemon off; pid " + folder.resolve("nginx.pid") + ";";

        through(
                program("nginx"),
                List.of("-p", folder.toString(), "-e", "stderr", "-g", alone, "-c", file.toString()),
                () -> {});
    }

    private void through(Path program, List<String> arguments, Check healthy) throws Exception {
        ProcessBuilder command = new ProcessBuilder(program.toString());
        command.command().addAll(arguments);
        command.environment().put("XDG_DATA_HOME", folder.toString());
        command.environment().put("XDG_CONFIG_HOME", folder.toString());
        File log = folder.resolve("log").toFile();
        Process proxy = command.redirectErrorStream(true).redirectOutput(log).start();
        try {
            assertThat(await(port, "/health/ready", body -> body.contains("up")))
                    .isEqualTo("{\"status\":\"up\"}");
            healthy.check();
            listens();
            String url = "http://127.0.0.1:" + port;

            List<Step> steps = TestFlow.run(
                    url,
                    TestFlow.createProduct(url, TOKEN),
                    Optional.empty(),
                    Optional.of(TOKEN),
                    PATIENCE,
                    step -> {},
                    remark -> {});

            assertThat(steps).hasSize(21).allMatch(Step::ok);
        } catch (AssertionError e) {
            throw new AssertionError("The proxy said: " + Files.readString(log.toPath()), e);
        } finally {
            Programs.end(proxy);
            client.shutdownNow();
        }
    }

    /** A change is heard of as it comes, and not when a buffer is full. */
    private void listens() throws Exception {
        ProductId product = new ProductId(1_000 * products.incrementAndGet());
        offer(product, 5);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/products/" + product + "/stream"))
                .build();
        try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
            Iterator<String> stream =
                    lines.filter(line -> line.startsWith("data:")).iterator();
            assertThat(stream.next()).contains("\"available_stock\":5");
            offer(product, 4);
            assertThat(stream.next()).contains("\"available_stock\":4");
        }
    }

    private static void offer(ProductId product, int pieces) {
        assertThat(server.flashsale().products().put(Examples.product(product), pieces))
                .isInstanceOf(AdjustOutcome.Adjusted.class);
    }

    private String await(int at, String path, Predicate<String> wanted) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() - end < 0) {
            try {
                last = client.send(request, BodyHandlers.ofString()).body();
                if (wanted.test(last)) {
                    return last;
                }
            } catch (IOException notYet) {
                last = notYet.toString();
            }
            Thread.sleep(50);
        }
        return last;
    }

    private static Path program(String name) {
        Optional<Path> program = Programs.find(name);
        assumeTrue(program.isPresent(), name + " is needed: apt-get install " + name);
        return program.get();
    }

    /** Of the page's files of this kind the one with that number, asking the server of this test. */
    private static String snippet(String kind, int number) throws IOException {
        Matcher block = Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/proxies.md")));
        for (int i = 0; i <= number; i++) {
            assertThat(block.find()).as("a file of the kind " + kind).isTrue();
        }
        return block.group(1).replace("127.0.0.1:8080", "127.0.0.1:" + server.port());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is looked at while a proxy runs. */
    private interface Check {
        void check() throws Exception;
    }
}
