package dev.flashsale.app.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buyers at a server, one after the other in a few lines, until they are told to stop: some order, and some of them pay. */
final class Buyers implements AutoCloseable {

    private static final Pattern HOLD = Pattern.compile("\"hold_id\":\"([^\"]*)\"");
    private static final Pattern ORDER = Pattern.compile("\"order_id\":(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final int products;
    private final AtomicInteger transactions = new AtomicInteger();
    private final List<Thread> lines = new ArrayList<>();
    private volatile boolean open = true;

    /** @param products their ids are 1 to that many */
    Buyers(String url, int products, int lines) {
        this.url = url;
        this.products = products;
        for (int i = 0; i < lines; i++) {
            SplittableRandom random = new SplittableRandom(i);
            this.lines.add(Thread.ofVirtual().start(() -> buyOn(random)));
        }
    }

    private void buyOn(SplittableRandom random) {
        try {
            while (open) {
                buy(1 + Math.min(random.nextInt(products), random.nextInt(products)), random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(40, 90));
            }
        } catch (Exception stopped) {
            open = false;
        }
    }

    private void buy(int product, SplittableRandom random) throws Exception {
        String hold = found(
                HOLD,
                post(
                        "/api/holds",
                        "{\"product_id\":" + product + ",\"quantity\":" + random.nextInt(1, 4) + ",\"customer_id\":\"c-"
                                + random.nextInt(5_000) + "\"}"));
        if (!hold.isEmpty() && random.nextInt(100) < 55) {
            String order = order(hold);
            if (random.nextInt(100) < 75) {
                pay(order, "tx-" + transactions.incrementAndGet());
            }
        }
    }

    String hold(int product, String customer) throws Exception {
        return found(
                HOLD,
                post(
                        "/api/holds",
                        "{\"product_id\":" + product + ",\"quantity\":1,\"customer_id\":\"" + customer + "\"}"));
    }

    String order(String hold) throws Exception {
        return found(ORDER, post("/api/orders", "{\"hold_id\":\"" + hold + "\"}"));
    }

    String pay(String order, String transaction) throws Exception {
        return post(
                "/api/payments/webhook",
                "{\"order_id\":" + order + ",\"status\":\"success\",\"transaction_id\":\"" + transaction + "\"}");
    }

    private static String found(Pattern what, String answer) {
        Matcher matcher = what.matcher(answer);
        return matcher.find() ? matcher.group(1) : "";
    }

    private String post(String path, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws Exception {
        open = false;
        for (Thread line : lines) {
            line.join();
        }
        client.shutdownNow();
    }
}
