package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import dev.flashsale.adapter.rest.ContractProxy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as its users run it, in a process of its own: two at once, for most of the time is that of their starts. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class JarIT {

    private static final Path JAR = Path.of("target/flashsale-app.jar").toAbsolutePath();

    private static final String UNSIGNED = "--webhook-unsigned=accept";

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {}

    @Test
    void theWholeFlowIsAsPromised() throws Exception {
        Run run = run(onNewSchema("test-flow"));

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("a race for the last pieces").doesNotContain("FAILED");
    }

    /** One server for all that only ask it, and then for its end. */
    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe"})
    void aServerServesUntilItIsToldToStopAndBelievesWhoSignsWithItsSecretAndNobodyElse(String scheme) throws Exception {
        String secret = "--webhook-secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String signing = "--webhook-scheme=" + scheme;
        Process server = start(onNewSchema(
                "serve",
                secret,
                signing,
                "--http-port",
                "0",
                "--http-host",
                "127.0.0.1",
                "--hold-ttl",
                "3s",
                "--metrics-access",
                "open"));
        try (ContractProxy proxy = ContractProxy.before(awaitPort(server))) {
            String url = "http://127.0.0.1:" + proxy.port();
            String welcome = read("out");
            assertThat(get(url + "/api/products/1")).contains("\"available_stock\":10");

            Run unsigned = run(List.of("test-flow", "--url=" + url));
            Run signed = run(List.of("test-flow", "--url=" + url, secret, signing));

            assertThat(welcome).contains("Webhooks are verified").doesNotContain("-d \"{\\\"order_id");
            assertOneLine(unsigned, 1, "--webhook-secret");
            assertThat(signed.status()).as(signed.out() + signed.err()).isZero();
            assertThat(signed.out()).contains("bad input is refused – 13 kinds: [400, 401, 404, 422]");
            assertThat(get(url + "/metrics")).contains("flashsale_batch_seconds_count");
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(143);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void theBooksOfAnEmptyShopAddUpAndOnesThatDoNotAreFound() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        assertThat(run(on(database, "seed", "--product-id", "7", "--stock", "3"))
                        .status())
                .isZero();
        assertThat(run(on(database, "audit")).status()).isZero();

        execute(database, "update flashsale_stock set available = 2 where product_id = 7");

        Run run = run(on(database, "audit"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("7", "WRONG");

        Run plan = run(on(database, "audit", "--repair"));
        assertThat(plan.status()).isEqualTo(1);
        assertThat(plan.out()).contains("would be mended: product 7: available 2 becomes 3", "WRONG", "--apply");
        Run repair = run(on(database, "audit", "--repair", "--apply"));
        assertThat(repair.status()).isZero();
        assertThat(repair.out()).contains("mended: product 7: available 2 becomes 3", "Everything adds up.");
    }

    @Test
    void whatIsOverIsPurgedAndTheBooksStillAddUp() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        putOnSale(database, new ProductId(7), 3);
        for (int id = 1; id <= 5; id++) {
            execute(
                    database,
                    "insert into flashsale_hold (id, product_id, quantity, status, expires_at) values (x'0000000000000000000000000000000"
                            + id + "', 7, 1, 'released', utc_timestamp(6) - interval 40 day)");
        }

        execute(
                database,
                "insert into flashsale_idempotency_key values ('old', '7 1', 'sold_out', utc_timestamp(6) - interval 40 day),"
                        + " ('new', '7 1', 'sold_out', utc_timestamp(6))");

        Run dryRun = run(on(database, "purge", "--older-than", "30d", "--dry-run"));
        Run purge = run(on(database, "purge", "--older-than", "30d", "--batch", "2", "--pause", "1ms"));
        Run again = run(on(database, "purge", "--older-than", "30d"));

        assertThat(dryRun.out())
                .contains(
                        "Would remove 5 holds, 0 orders and 0 payments of 5 holds seen",
                        "Would remove 1 idempotency keys");
        assertThat(purge.status()).as(purge.err()).isZero();
        assertThat(purge.out())
                .contains("Removed 5 holds, 0 orders and 0 payments of 5 holds seen", "Removed 1 idempotency keys");
        assertThat(again.out()).contains("Removed 0 holds");
        assertThat(run(on(database, "audit")).status()).isZero();
    }

    @Test
    void aTotalBelowWhatIsTakenIsRefusedWithTheSmallestThatIsPossible() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        putOnSale(database, new ProductId(7), 3);
        execute(database, "update flashsale_stock set available = 1 where product_id = 7");

        assertOneLine(run(on(database, "seed", "--product-id", "7", "--stock", "1")), 1, "2 or more");
    }

    @Test
    void aSchemaThatIsNewerIsRefused() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        assertThat(run(on(database, "migrate")).status()).isZero();
        execute(
                database,
                "insert into flashsale_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) values (99, '999', 'later', 'SQL',"
                        + " 'V999__later.sql', 1, 'test', 1, 1)");

        assertOneLine(run(on(database, "serve", UNSIGNED, "--http-port", "0")), 1, "newer");
    }

    @Test
    void whoMayNotMakeTablesIsToldWhatToDoAndServesOnceAnAdministratorHas() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        try (TestUser seller = TestUser.in(database).with("select, insert, update, delete")) {
            assertOneLine(run(on(seller.login(), "migrate")), 1, "CREATE command denied");

            for (String statement : run(List.of("migrate", "--print")).out().split(";\n", -1)) {
                if (!statement.isBlank()) {
                    execute(database, statement);
                }
            }

            Run seed = run(on(seller.login(), "seed", "--product-id", "7", "--stock", "3"));
            assertThat(seed.status()).as(seed.err()).isZero();
        }
    }

    /** As Maven's does: it leaves what it has started behind when it is told to stop. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell")
    void aServerEndsWithTheProcessThatStartedItWhereItIsToldSo() throws Exception {
        Process parent = start(
                List.of("sh", "-c", "\"$@\" & echo $! > pid; wait", "sh"),
                onNewSchema("serve", UNSIGNED, "--http-host", "127.0.0.1", "--http-port", "0", "--ends-with-parent"));
        try {
            int unused = awaitPort(parent);
        } finally {
            parent.destroyForcibly();
        }

        Optional<ProcessHandle> server =
                ProcessHandle.of(Long.parseLong(read("pid").strip()));
        if (server.isPresent()) {
            assertThat(server.get().onExit()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertOneLine(
                    run(onNewSchema("serve", UNSIGNED, "--http-host", "127.0.0.1", "--http-port", port)), 1, port);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsToldInOneLine() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        String address = "127.0.0.1:" + closed;

        Run run = run(List.of(
                "serve", UNSIGNED, "--database-url", "jdbc:mysql://" + address + "/shop", "--database-patience", "1s"));

        assertOneLine(run, 1, address);
    }

    @Test
    void theJarBringsNoDatabaseAndSaysWhatToDoWhereItIsToldOfNone() throws Exception {
        assertOneLine(run(List.of("serve", "--http-port", "0")), 2, "flashsale-app-embedded.jar");
        assertThat(Files.size(JAR)).isLessThan(45_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --http-prot 1",
                "serve --hold-ttl soon",
                "seed --product-id 0 --stock 3",
                "purge --older-than 1h",
            })
    void whatIsCalledWronglyIsToldInOneLine(String arguments) throws Exception {
        Run run = run(List.of(arguments.split(" ", -1)));

        assertOneLine(run, 2, "");
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static void assertOneLine(Run run, int status, String says) {
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(says).doesNotContain("Exception", "\tat ");
    }

    /** As {@code seed} does, which is run where it is asked something. */
    private static void putOnSale(TestDatabase database, ProductId id, int stock) {
        try (HikariDataSource pool = database.newPool(1)) {
            Schema.migrate(pool);
            Flashsale flashsale = Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
            assertThat(flashsale.products().put(Examples.product(id), stock)).isNotNull();
        }
    }

    private static List<String> onNewSchema(String... arguments) {
        return on(TestDatabase.get().withNewSchema(), arguments);
    }

    private static List<String> on(TestDatabase database, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--database-url",
                database.url() + "?allowPublicKeyRetrieval=true",
                "--database-username",
                database.username(),
                "--database-password=" + database.password()));
        return all;
    }

    private Process start(List<String> arguments) throws IOException {
        return start(List.of(), arguments);
    }

    private Process start(List<String> before, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Run run(List<String> arguments) throws Exception {
        Process process = start(arguments);
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Run(process.exitValue(), read("out"), withoutLog(read("err")));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The log goes to the standard error too; a stack trace would stay. */
    private static String withoutLog(String err) {
        return err.lines()
                .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO|WARN) .*"))
                .collect(Collectors.joining("\n"));
    }

    private int awaitPort(Process server) throws Exception {
        Pattern line = Pattern.compile("serves on http://[^:]+:(\\d+)");
        while (server.isAlive()) {
            Matcher matcher = line.matcher(read("out"));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            server.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(read("out") + read("err"));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
