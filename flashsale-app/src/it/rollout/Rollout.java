import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A rollout, from its first server to its last: the old version sells, the new one comes and changes the tables under it, both sell
 * the same two products, a large one and one that sells out, each buyer going from one server to the other between his steps, and
 * then the old one is stopped. Fails unless everything that was acknowledged is there, nothing else is, no server answered 5xx
 * and the new one's audit finds nothing. Arguments: a folder for logs, the old jar, the new one, and flags for the new
 * server, if any.
 */
final class Rollout {

    private static final String TOKEN = "rollout";
    private static final Pattern SERVES = Pattern.compile("serves on (http://[^ ]+:\\d+)");
    private static final int BUYERS = 32;
    private static final int LARGE = 1_000_000;
    private static final int SMALL = 200;
    private static final Duration ALONE = Duration.ofSeconds(5);
    private static final Duration TOGETHER = Duration.ofSeconds(Integer.getInteger("rollout.seconds", 30));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Server> open = new CopyOnWriteArrayList<>();
    /** Each with its product and what became of it: active, released, or the order's number. */
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();

    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean selling = true;

    private record Server(String name, String url) {}

    private record Answer(Server server, int status, String body) {

        String text(String field) {
            Matcher found = Pattern.compile("\"" + field + "\":\"?([^,\"}]*)").matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    private record Hold(String product, String became) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String server = System.getenv("FLASHSALE_TEST_DATABASE_URL");
        String username = System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_USERNAME", "root");
        String password = System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_PASSWORD", "");
        String schema = "flashsale_rollout_" + Long.toHexString(System.nanoTime());
        List<String> database = List.of(
                "--database-url=" + server + schema + "?allowPublicKeyRetrieval=true",
                "--database-username=" + username,
                "--database-password=" + password);
        try (Connection root = DriverManager.getConnection(server, username, password);
                Statement statement = root.createStatement()) {
            boolean ok = false;
            boolean unused = statement.execute("create database " + schema);
            try {
                ok = new Rollout().run(folder, arguments, database, new Tables(statement, schema));
            } finally {
                unused = statement.execute("drop database " + schema);
            }
            if (!ok) {
                System.exit(1);
            }
        }
    }

    private record Tables(Statement statement, String schema) {

        int version() throws SQLException {
            try (var rows = statement.executeQuery("select max(cast(version as signed)) from " + schema
                    + ".flashsale_schema_history where success = 1")) {
                rows.next();
                return rows.getInt(1);
            }
        }

        /** As a version would that forgets a piece: all of this must fail then. */
        void oversell(String product) throws SQLException {
            int unused = statement.executeUpdate("update " + schema
                    + ".flashsale_stock set available = available + 1 where product_id = " + product);
        }
    }

    private boolean run(Path folder, String[] arguments, List<String> database, Tables tables) throws Exception {
        String oldJar = arguments[1];
        String newJar = arguments[2];
        List<String> ofTheNew =
                Stream.concat(database.stream(), Stream.of(arguments).skip(3)).toList();
        List<Thread> buyers = new ArrayList<>();
        try (Program before = Program.serve(folder, "old", oldJar, database)) {
            Server old = new Server("old", before.await(SERVES));
            String large = put(old, LARGE);
            String small = put(old, SMALL);
            int from = tables.version();
            open.add(old);
            for (int i = 0; i < BUYERS; i++) {
                buyers.add(Thread.ofVirtual().start(() -> buy(large, small)));
            }
            Thread.sleep(ALONE);
            int alone = holds.size();
            long came = System.nanoTime();
            try (Program after = Program.serve(folder, "new", newJar, ofTheNew)) {
                Server renewed = new Server("new", after.await(SERVES));
                open.add(renewed);
                int meanwhile = holds.size();
                long startSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - came);
                System.out.printf("tables of version %d became %d while the old one sold%n", from, tables.version());
                if (Boolean.getBoolean("rollout.canary")) {
                    tables.oversell(small);
                }
                Thread.sleep(TOGETHER);
                int together = holds.size();
                open.remove(old);
                before.close();
                Thread.sleep(ALONE);
                selling = false;
                for (Thread buyer : buyers) {
                    buyer.join();
                }
                System.out.printf(
                        "holds: %d by the old one alone in %d s, %d while the new one came in %d s, %d by both in %d s,"
                                + " %d by the new one alone in %d s%n",
                        alone,
                        ALONE.toSeconds(),
                        meanwhile - alone,
                        startSeconds,
                        together - meanwhile,
                        TOGETHER.toSeconds(),
                        holds.size() - together,
                        ALONE.toSeconds());
                check(renewed, large, LARGE);
                check(renewed, small, SMALL);
                lookUp(renewed);
            }
        } finally {
            selling = false;
        }
        answers.forEach((what, count) -> System.out.println(what + ": " + count));
        int audit = Program.run(folder, "audit", newJar, "audit", database);
        System.out.println("audit by the new one: " + (audit == 0 ? "clean" : "exit " + audit + ", see audit.log"));
        int again = Program.run(folder, "old-again", oldJar, "migrate", database);
        System.out.println("the old one, started again: exit " + again + ", see old-again.log");
        if (audit != 0 || !wrong.isEmpty()) {
            System.out.println(wrong.size() + " things are wrong:");
            wrong.stream().limit(20).forEach(System.out::println);
            return false;
        }
        System.out.println("ok");
        return true;
    }

    private String put(Server server, int stock) throws Exception {
        String body = "{\"name\":\"rollout\",\"stock\":" + stock
                + ",\"price\":\"1.00\",\"currency\":\"EUR\",\"reason\":\"rollout\"}";
        Answer put = send(server, "POST", "/api/products", body, "Authorization", "Bearer " + TOKEN);
        return expect(put, 201).text("id");
    }

    private void buy(String large, String small) {
        try {
            while (selling) {
                buyOne(ThreadLocalRandom.current().nextInt(10) == 0 ? small : large);
            }
        } catch (Exception | AssertionError failed) {
            wrong.add("a buyer gave up: " + failed);
        }
    }

    /** What was sent and not answered is sent again, to whoever serves then: all of it may be. */
    private void buyOne(String product) throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String key = UUID.randomUUID().toString();
        String wanted = "{\"product_id\":" + product + ",\"quantity\":1}";
        Answer hold = persist("POST", "/api/holds", wanted, "Idempotency-Key", key);
        if (hold.status() == 409) {
            return;
        }
        String id = expect(hold, 201).text("hold_id");
        holds.put(id, new Hold(product, "active"));
        if (random.nextInt(10) == 0) {
            Answer again = expect(persist("POST", "/api/holds", wanted, "Idempotency-Key", key), 201);
            if (!again.text("hold_id").equals(id)) {
                wrong.add("a key got a second hold: " + hold + ", " + again);
            }
        }
        int fate = random.nextInt(10);
        if (fate < 2) {
            expect(persist("DELETE", "/api/holds/" + id, ""), 200);
            holds.put(id, new Hold(product, "released"));
        } else if (fate < 8) {
            String order = expect(persist("POST", "/api/orders", "{\"hold_id\":\"" + id + "\"}"), 201, 200)
                    .text("order_id");
            holds.put(id, new Hold(product, order));
            String report = "{\"order_id\":" + order + ",\"status\":\"success\",\"transaction_id\":\"" + key + "\"}";
            expect(persist("POST", "/api/payments/webhook", report), 200);
        }
    }

    private Answer expect(Answer answer, int... statuses) {
        for (int status : statuses) {
            if (answer.status() == status) {
                return answer;
            }
        }
        throw new AssertionError(answer);
    }

    private Answer persist(String method, String path, String body, String... headers) throws Exception {
        for (int attempt = 1; ; attempt++) {
            Server server = open.get(ThreadLocalRandom.current().nextInt(open.size()));
            try {
                Answer answer = send(server, method, path, body, headers);
                answers.merge(
                        server.name() + " " + method + " " + path.replaceAll("/[0-9a-f-]{36}", "/{id}") + " "
                                + answer.status(),
                        1,
                        Integer::sum);
                if (answer.status() < 500) {
                    return answer;
                }
                wrong.add(answer.toString());
            } catch (IOException failed) {
                answers.merge(server.name() + " " + method + " not answered", 1, Integer::sum);
                if (open.contains(server)) {
                    wrong.add(server.name() + " did not answer " + method + " " + path + ": " + failed);
                }
            }
            if (attempt == 10) {
                throw new AssertionError("ten attempts at " + method + " " + path);
            }
        }
    }

    private Answer send(Server server, String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(server, response.statusCode(), response.body());
    }

    /** What is left is what was there without what was acknowledged. */
    private void check(Server server, String product, int total) throws Exception {
        long taken = holds.values().stream()
                .filter(hold -> hold.product().equals(product) && !hold.became().equals("released"))
                .count();
        String left = send(server, "GET", "/api/products/" + product, "").text("available_stock");
        System.out.printf("product %s: %d pieces, %d acknowledged as taken, %s left%n", product, total, taken, left);
        if (!left.equals(Long.toString(total - taken))) {
            wrong.add("product " + product + " has " + left + " left, and not " + (total - taken));
        }
    }

    private void lookUp(Server server) throws Exception {
        for (Map.Entry<String, Hold> acknowledged : holds.entrySet()) {
            String became = acknowledged.getValue().became();
            boolean ordered = Character.isDigit(became.charAt(0));
            Answer found = ordered
                    ? send(server, "GET", "/api/orders/" + became + "?hold_id=" + acknowledged.getKey(), "")
                    : send(server, "GET", "/api/holds/" + acknowledged.getKey(), "");
            if (found.status() != 200 || !found.text("status").equals(ordered ? "paid" : became)) {
                wrong.add(acknowledged + " was acknowledged, and is " + found);
            }
        }
        System.out.println(holds.size() + " acknowledged holds looked up, with their orders and payments");
    }

    /** The runnable jar, whose output is kept. */
    private record Program(Process process, Path log) implements AutoCloseable {

        static Program serve(Path folder, String name, String jar, List<String> flags) throws IOException {
            List<String> serve = new ArrayList<>(List.of(
                    "--http-port=0",
                    "--http-host=127.0.0.1",
                    "--hold-ttl=1h",
                    "--operator-token=" + TOKEN,
                    "--webhook-unsigned=accept"));
            serve.addAll(flags);
            return start(folder, name, jar, "serve", serve);
        }

        static int run(Path folder, String name, String jar, String command, List<String> flags) throws Exception {
            try (Program program = start(folder, name, jar, command, flags)) {
                return program.process.waitFor(5, TimeUnit.MINUTES) ? program.process.exitValue() : -1;
            }
        }

        private static Program start(Path folder, String name, String jar, String command, List<String> flags)
                throws IOException {
            Path log = folder.resolve(name + ".log");
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar, command));
            line.addAll(flags);
            return new Program(
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        }

        String await(Pattern line) throws Exception {
            for (int i = 0; process.isAlive() && i < 1_200; i++) {
                Matcher found = line.matcher(Files.readString(log));
                if (found.find()) {
                    return found.group(1);
                }
                Thread.sleep(100);
            }
            throw new AssertionError(Files.readString(log));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
