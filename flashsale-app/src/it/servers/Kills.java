import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two servers sell and send their events to an endpoint, and again and again the one that sends is killed as {@code kill -9} does it: by
 * turns while it waits for the answer to an event, which it has not written down, and when orders are paid whose events it has not
 * sent. Fails unless every event that is kept came at least once, those of a product in order, none came that is not kept,
 * every order that was acknowledged as paid has its event, nothing acknowledged is lost and the audit finds nothing. Arguments: a
 * folder for logs, the jar and how many kills.
 */
final class Kills {

    private static final int BUYERS = 8;
    private static final int LARGE = 1_000_000;
    private static final int SMALL = 200;

    /** How long the dead one's lease may be in the way of the other one. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final Pattern ID = Pattern.compile("\"id\":\"((\\d+)-(\\d+))\"");
    private static final Pattern SOURCE = Pattern.compile("\"source\":\"/([ab])\"");
    private static final Pattern PAID = Pattern.compile("\"type\":\"dev\\.flashsale\\.order\\.paid\"");
    private static final Pattern ORDER = Pattern.compile("\"order_id\":(\\d+)");

    private final Buyers buyers = new Buyers(Duration.ofMillis(300));
    private final Map<String, Program> programs = new ConcurrentHashMap<>();

    /** The ids that came, by how often. */
    private final Map<String, AtomicInteger> came = new ConcurrentHashMap<>();

    /** By product, the highest number that came so far. */
    private final Map<String, Long> highest = new ConcurrentHashMap<>();

    private final Set<String> paid = ConcurrentHashMap.newKeySet();

    /** Whoever is set here is not answered by the next event, and told who sent it. */
    private final AtomicReference<CountDownLatch> unanswered = new AtomicReference<>();

    private volatile String sender = "";

    public static void main(String[] arguments) throws Exception {
        boolean ok = Schema.create(
                "kills",
                (schema, statement) -> new Kills()
                        .run(Path.of(arguments[0]), arguments[1], schema.flags(), Integer.parseInt(arguments[2])));
        System.exit(ok ? 0 : 1);
    }

    private boolean run(Path folder, String jar, List<String> database, int kills) throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.start();
        try {
            Buyers.Server first = start(folder, jar, "a", database);
            start(folder, jar, "b", database);
            String large = buyers.put(first, LARGE);
            String small = buyers.put(first, SMALL);
            Buyers.expect(
                    buyers.send(
                            first,
                            "POST",
                            "/api/webhook-endpoints",
                            "{\"url\":\"http://127.0.0.1:"
                                    + receiver.getAddress().getPort()
                                    + "/\",\"kinds\":[\"order.*\",\"stock.sold_out\"]}"),
                    201);
            // Until both servers have heard of it.
            Thread.sleep(Duration.ofSeconds(5));
            buyers.come(BUYERS, large, small);
            for (int number = 1; number <= kills; number++) {
                awaitMore(1);
                kill(folder, jar, database, number);
            }
            awaitMore(1);
            buyers.leave();
            Buyers.Server last = buyers.open.get(0);
            buyers.check(last, large, LARGE);
            buyers.check(last, small, SMALL);
            buyers.lookUp(last);
            compare(last, List.of(large, small));
        } finally {
            buyers.leave();
            for (Program program : programs.values()) {
                program.close();
            }
            receiver.stop(0);
        }
        return buyers.tell(Program.run(folder, "audit", jar, "audit", database));
    }

    private Buyers.Server start(Path folder, String jar, String name, List<String> database) throws Exception {
        List<String> flags = new ArrayList<>(database);
        flags.addAll(List.of("--delivery-allow-private=on", "--events-source=/" + name));
        Program program = Program.serve(folder, name, jar, flags);
        programs.put(name, program);
        Buyers.Server server = program.server(name);
        buyers.open.add(server);
        return server;
    }

    private void kill(Path folder, String jar, List<String> database, int number) throws Exception {
        boolean whileItSends = number % 2 == 1;
        String whom;
        if (whileItSends) {
            CountDownLatch sending = new CountDownLatch(1);
            unanswered.set(sending);
            if (!sending.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                buyers.wrong.add("no event came within " + PATIENCE);
                return;
            }
            whom = sender;
        } else {
            whom = sender;
            while (untold() < 3) {
                Thread.sleep(5);
            }
        }
        Buyers.Server server = buyers.open.stream()
                .filter(each -> each.name().equals(whom))
                .findFirst()
                .orElseThrow();
        buyers.open.remove(server);
        programs.get(whom).kill();
        long untold = untold();
        long from = System.nanoTime();
        awaitMore(1);
        System.out.printf(
                "kill %d of %s, %s: %d paid orders were acknowledged and not told of; the next event came after %d s, from %s%n",
                number,
                whom,
                whileItSends ? "while it waited for an answer" : "when orders had just been paid",
                untold,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from),
                sender);
        start(folder, jar, whom, database);
    }

    private long untold() {
        return buyers.holds.values().stream()
                .filter(hold -> hold.isPaid() && !paid.contains(hold.became()))
                .count();
    }

    private void awaitMore(int events) throws InterruptedException {
        int before = came.size();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (came.size() < before + events) {
            if (System.nanoTime() > until) {
                buyers.wrong.add("no event came within " + PATIENCE);
                return;
            }
            Thread.sleep(20);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = find(ID, body);
        sender = find(SOURCE, body).group(1);
        CountDownLatch sending = unanswered.getAndSet(null);
        if (sending == null) {
            long number = Long.parseLong(id.group(3));
            if (came.computeIfAbsent(id.group(1), unused -> new AtomicInteger()).incrementAndGet() == 1
                    && highest.merge(id.group(2), number, Math::max) != number) {
                buyers.wrong.add(id.group(1) + " came after " + highest.get(id.group(2)));
            }
            if (PAID.matcher(body).find()) {
                paid.add(find(ORDER, body).group(1));
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            // It came, as far as the sender can know; the receiver forgot it, as one may that dies as well.
            sending.countDown();
        }
    }

    private static Matcher find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return found;
    }

    /** What is kept is what came. */
    private void compare(Buyers.Server server, List<String> products) throws Exception {
        Map<String, String> kept = new TreeMap<>();
        for (String product : products) {
            for (String after = "0"; ; ) {
                String page = buyers.send(
                                server, "GET", "/api/products/" + product + "/events?limit=200&after=" + after, "")
                        .body();
                Map<String, String> found = new HashMap<>();
                Matcher id = ID.matcher(page);
                String last = after;
                while (id.find()) {
                    found.put(id.group(1), id.group(3));
                    last = id.group(3);
                }
                kept.putAll(found);
                if (found.isEmpty()) {
                    break;
                }
                after = last;
            }
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!came.keySet().containsAll(kept.keySet()) && System.nanoTime() < until) {
            Thread.sleep(100);
        }
        kept.keySet().stream()
                .filter(id -> !came.containsKey(id))
                .forEach(id -> buyers.wrong.add(id + " is kept and never came"));
        came.keySet().stream()
                .filter(id -> !kept.containsKey(id))
                .forEach(id -> buyers.wrong.add(id + " came and is not kept"));
        buyers.holds.values().stream()
                .filter(hold -> hold.isPaid() && !paid.contains(hold.became()))
                .forEach(hold -> buyers.wrong.add("order " + hold.became() + " is paid, and no event said so"));
        System.out.printf(
                "%d events are kept, %d came, %d of them more than once%n",
                kept.size(),
                came.size(),
                came.values().stream().filter(times -> times.get() > 1).count());
    }
}
