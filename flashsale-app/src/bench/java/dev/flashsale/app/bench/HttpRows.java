package dev.flashsale.app.bench;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.product.ProductId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ours over HTTP, in this very process: a server of its own and, on one thread, its clients. */
final class HttpRows {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private static final double QUIET_SHARE = 0.7;
    private static final double OVERLOAD = 4;
    /** More than the server takes at once, so that it has to refuse. */
    private static final int CROWD = 2 * RestSettings.defaults().maxConcurrentRequests();

    private static final int BUYERS = 16;
    private static final Arrivals BUYING = new Arrivals.Open(50);

    private final Stage stage;
    private final Sale sale;
    private double capacity;

    private HttpRows(Stage stage) {
        this.stage = stage;
        this.sale = stage.sale();
    }

    static List<Workload> workloads(Stage stage) {
        HttpRows rows = new HttpRows(stage);
        Supplier<ProductId> plenty = () -> rows.sale.newProducts(1).get(0);
        return List.of(
                rows.workload(
                        "http_noop", "requests", "GET /health/live, which does nothing", OK, plenty, HttpRows::noop),
                rows.holds("http_hold", "POST of holds", plenty),
                rows.workload(
                        "http_refusal",
                        "refusals",
                        "POST of holds of what is sold out",
                        CONFLICT,
                        rows.sale::newSoldOutProduct,
                        HttpRows::hold),
                rows.workload("http_read", "reads", "GET of a product", OK, plenty, HttpRows::read));
    }

    /** Holds of a product that is chosen each time. */
    static Workload holds(Stage stage, String name, String what, Supplier<ProductId> product) {
        return new HttpRows(stage).holds(name, what, product);
    }

    private Workload holds(String name, String what, Supplier<ProductId> product) {
        return workload(name, Workloads.HOLDS, what, CREATED, product, HttpRows::hold);
    }

    static List<Workload> overload(Stage stage) {
        HttpRows rows = new HttpRows(stage);
        return List.of(
                new Workload(
                        "http_capacity",
                        "answers",
                        "POST of holds as fast as they are answered; "
                                + stage.plan().callers() + " connections",
                        rows::atCapacity),
                new Workload(
                        "http_overload",
                        "answers",
                        "POST of holds, four times as many arriving as are answered at capacity; " + CROWD
                                + " connections; 503 does not count; meanwhile 50 orders and 50 payments a second",
                        rows::overloaded));
    }

    /** The rate is what goes at most, over two thirds of the window; the latency is that of 70 % of it, over the rest. */
    private Workload workload(
            String name,
            String unit,
            String what,
            int good,
            Supplier<ProductId> product,
            Function<ProductId, byte[]> request) {
        int connections = stage.plan().callers();
        String described = what + "; rate with " + connections
                + " connections as fast as they are answered, latency at 70 %" + " of it from the intended start";
        return new Workload(name, unit, described, window -> {
            byte[] bytes = request.apply(product.get());
            Tally fastest =
                    send(bytes, connections, window.multipliedBy(2).dividedBy(3), new Arrivals.Closed(), Set.of(good));
            Arrivals steady = new Arrivals.Open(Math.max(1, fastest.rate() * QUIET_SHARE));
            Tally quiet = send(bytes, connections, window.dividedBy(3), steady, Set.of(good));
            return new Tally(
                    fastest.took(),
                    fastest.done(),
                    fastest.refused(),
                    fastest.failed(),
                    quiet.latencyNanos(),
                    quiet.note().isEmpty()
                            ? fastest.note()
                            : quiet.noting("at 70 %").note());
        });
    }

    private Tally atCapacity(Duration window) throws IOException {
        Tally tally = send(
                hold(sale.newProducts(1).get(0)),
                stage.plan().callers(),
                window,
                new Arrivals.Closed(),
                Set.of(CREATED, CONFLICT));
        capacity = tally.rate();
        return tally;
    }

    /** Amid the crowd a few who hold something order it and pay; each asks again and again for the same. */
    private Tally overloaded(Duration window) throws Exception {
        Order order = sale.newOrder();
        try (ExecutorService buyers = Executors.newFixedThreadPool(2)) {
            Future<Tally> orders = buyers.submit(() -> buy(order(order), window));
            Future<Tally> payments = buyers.submit(() -> buy(payment(order), window));
            Arrivals crowd = new Arrivals.Open(Math.max(1, OVERLOAD * capacity));
            Tally holds = send(hold(sale.newProducts(1).get(0)), CROWD, window, crowd, Set.of(CREATED, CONFLICT));
            return holds.noting("meanwhile orders: " + told(orders.get()) + ", and payments: " + told(payments.get()));
        }
    }

    private Tally buy(byte[] request, Duration window) throws IOException {
        return HttpLoad.run(stage.serverPort(), request, BUYERS, window, BUYING, Set.of(OK));
    }

    private static String told(Tally buying) {
        return buying.done() + " answered, p99 "
                + TimeUnit.NANOSECONDS.toMillis(buying.latencyNanos().getValueAtPercentile(99)) + " ms, "
                + (buying.refused() + buying.failed()) + " not";
    }

    private Tally send(byte[] request, int connections, Duration window, Arrivals arrivals, Set<Integer> good)
            throws IOException {
        Tally tally = HttpLoad.run(stage.serverPort(), request, connections, window, arrivals, good);
        // Of plenty nothing is refused: what is good and no read is a hold.
        sale.promised(good.contains(CREATED) ? tally.done() : 0);
        return tally;
    }

    private static byte[] noop(ProductId product) {
        return HttpConnection.get("/health/live");
    }

    private static byte[] read(ProductId product) {
        return HttpConnection.get("/api/products/" + product);
    }

    private static byte[] hold(ProductId product) {
        return HttpConnection.post("/api/holds", "{\"product_id\":" + product + ",\"quantity\":1}");
    }

    private static byte[] order(Order order) {
        return HttpConnection.post("/api/orders", "{\"hold_id\":\"" + order.holdId() + "\"}");
    }

    private static byte[] payment(Order order) {
        return HttpConnection.post(
                "/api/payments/webhook",
                "{\"order_id\":" + order.id() + ",\"status\":\"success\",\"transaction_id\":\"bench-" + order.holdId()
                        + "\"}");
    }
}
