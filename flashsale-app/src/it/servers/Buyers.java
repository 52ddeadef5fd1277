import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hold, release, order and pay over HTTP, each buyer going from one server to another between his steps and repeating what was not
 * answered; and remember what was acknowledged.
 */
final class Buyers {

    static final String TOKEN = "operator";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final Duration pause;

    /** Those that are to answer; one that is none of them any more may fail. */
    final List<Server> open = new CopyOnWriteArrayList<>();

    /** Each with its product and what became of it: active, released, or the order's number. */
    final Map<String, Hold> holds = new ConcurrentHashMap<>();

    final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean selling = true;

    record Server(String name, String url) {}

    record Answer(Server server, int status, String body) {

        String text(String field) {
            Matcher found = Pattern.compile("\"" + field + "\":\"?([^,\"}]*)").matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    record Hold(String product, String became) {

        boolean isPaid() {
            return Character.isDigit(became.charAt(0));
        }
    }

    /** @param pause of a buyer between two holds */
    Buyers(Duration pause) {
        this.pause = pause;
    }

    String put(Server server, int stock) throws Exception {
        String body = "{\"name\":\"a product\",\"stock\":" + stock
                + ",\"price\":\"1.00\",\"currency\":\"EUR\",\"reason\":\"a test\"}";
        return expect(send(server, "POST", "/api/products", body), 201).text("id");
    }

    /** So many, most of whom want the large product. */
    void come(int buyers, String large, String small) {
        for (int i = 0; i < buyers; i++) {
            threads.add(Thread.ofVirtual().start(() -> buy(large, small)));
        }
    }

    void leave() throws InterruptedException {
        selling = false;
        for (Thread buyer : threads) {
            buyer.join();
        }
    }

    private void buy(String large, String small) {
        try {
            while (selling) {
                buyOne(ThreadLocalRandom.current().nextInt(10) == 0 ? small : large);
                Thread.sleep(pause);
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
            String report = "{\"order_id\":" + order + ",\"status\":\"success\",\"transaction_id\":\"" + key + "\"}";
            expect(persist("POST", "/api/payments/webhook", report), 200);
            holds.put(id, new Hold(product, order));
        }
    }

    static Answer expect(Answer answer, int... statuses) {
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

    /** As an operator where it is not a buyer's matter. */
    Answer send(Server server, String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + TOKEN);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(server, response.statusCode(), response.body());
    }

    /** What was acknowledged and not given back. */
    long taken(String product) {
        return holds.values().stream()
                .filter(hold -> hold.product().equals(product) && !hold.became().equals("released"))
                .count();
    }

    /** What is left is what was there without what was acknowledged. */
    void check(Server server, String product, int total) throws Exception {
        long taken = taken(product);
        String left = send(server, "GET", "/api/products/" + product, "").text("available_stock");
        System.out.printf("product %s: %d pieces, %d acknowledged as taken, %s left%n", product, total, taken, left);
        if (!left.equals(Long.toString(total - taken))) {
            wrong.add("product " + product + " has " + left + " left, and not " + (total - taken));
        }
    }

    void lookUp(Server server) throws Exception {
        for (Map.Entry<String, Hold> acknowledged : holds.entrySet()) {
            Hold hold = acknowledged.getValue();
            Answer found = hold.isPaid()
                    ? send(server, "GET", "/api/orders/" + hold.became() + "?hold_id=" + acknowledged.getKey(), "")
                    : send(server, "GET", "/api/holds/" + acknowledged.getKey(), "");
            if (found.status() != 200 || !found.text("status").equals(hold.isPaid() ? "paid" : hold.became())) {
                wrong.add(acknowledged + " was acknowledged, and is " + found);
            }
        }
        System.out.println(holds.size() + " acknowledged holds looked up, with their orders and payments");
    }

    /** Says what the servers answered and what is wrong, if something is. */
    boolean tell(int audit) {
        answers.forEach((what, count) -> System.out.println(what + ": " + count));
        System.out.println("audit: " + (audit == 0 ? "clean" : "exit " + audit + ", see audit.log"));
        if (audit != 0 || !wrong.isEmpty()) {
            System.out.println(wrong.size() + " things are wrong:");
            wrong.stream().limit(20).forEach(System.out::println);
            return false;
        }
        System.out.println("ok");
        return true;
    }
}
