package dev.flashsale.app.bench;

import dev.flashsale.app.bench.Crowd.Call;
import dev.flashsale.domain.product.ProductId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which workloads belong to which row, and those that call the library on a quiet table. */
final class Workloads {

    static final String HOLDS = "holds";
    private static final int MANY_PRODUCTS = 64;

    private final Stage stage;
    private final BenchPlan plan;
    private final Sale sale;

    private Workloads(Stage stage) {
        this.stage = stage;
        this.plan = stage.plan();
        this.sale = stage.sale();
    }

    /** In the order in which they take turns, none twice. */
    static Collection<Workload> of(Stage stage) throws Exception {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        for (Row row : Row.values()) {
            if (stage.plan().rows().contains(row)) {
                new Workloads(stage).of(row).forEach(workload -> workloads.putIfAbsent(workload.name(), workload));
            }
        }
        return workloads.values();
    }

    private List<Workload> of(Row row) throws Exception {
        return switch (row) {
            case HOLD -> List.of(textbookHold("textbook_hold", plan.callers()), hold(), limit());
            case SINGLE -> List.of(textbookHold("textbook_single", 1), hold("single", 1, 1));
            case FUNNEL -> List.of(textbookFunnel(), funnel());
            case REFUSAL -> List.of(refusal());
            case TWO_NODES -> List.of(hold(), twoNodes());
            case PRODUCTS64 -> List.of(hold(), hold("products64", plan.callers(), MANY_PRODUCTS));
            case LIMITED -> List.of(hold(), limitedHold());
            case EVENTS ->
                List.of(
                        hold(),
                        holdWithEvents("order_events_hold", "order.*"),
                        holdWithEvents("hold_events_hold", "hold.*"),
                        funnel(),
                        funnelWithEvents("order_events_funnel", "order.*"));
            case EXPIRY -> ExpiryRow.workloads(stage);
            case HTTP -> HttpRows.workloads(stage);
            case OVERLOAD -> HttpRows.overload(stage);
            case STREAM -> StreamRow.workloads(stage);
            case AGED -> AgedRow.workloads(stage);
        };
    }

    private Workload textbookHold(String name, int callers) throws SQLException {
        Textbook textbook = stage.textbook();
        int products = Math.min(callers, plan.products());
        return new Workload(
                name,
                HOLDS,
                "textbook: lock the stock row, add up what is taken, insert, commit; " + described(callers, products),
                window -> crowd(
                        callers, window, stage.newProductsOfBoth(products), product -> () -> textbook.hold(product)));
    }

    private Workload hold() {
        return hold("hold", plan.callers(), plan.products());
    }

    private Workload hold(String name, int callers, int products) {
        return new Workload(
                name,
                HOLDS,
                "ours, through the library; " + described(callers, products),
                window -> crowd(callers, window, sale.newProducts(products), product -> () -> sale.hold(product)));
    }

    private Workload limitedHold() {
        return new Workload(
                "limited_hold",
                HOLDS,
                "ours, with a limit per customer and each hold by another customer; "
                        + described(plan.callers(), plan.products()),
                window -> crowd(
                        plan.callers(),
                        window,
                        sale.newLimitedProducts(plan.products()),
                        product -> () -> sale.holdByNewCustomer(product)));
    }

    private Workload holdWithEvents(String name, String kept) {
        Sale node = sale.keeping(kept);
        return new Workload(
                name,
                HOLDS,
                "ours, with events kept: " + kept + "; " + described(plan.callers(), plan.products()),
                window -> crowd(
                        plan.callers(),
                        window,
                        node.newProducts(plan.products()),
                        product -> () -> node.hold(product)));
    }

    private Workload funnelWithEvents(String name, String kept) {
        Sale node = sale.keeping(kept);
        return new Workload(
                name,
                "sales",
                "ours: hold, order and payment, with events kept: " + kept + "; "
                        + described(plan.callers(), plan.products()),
                window -> crowd(
                        plan.callers(),
                        window,
                        node.newProducts(plan.products()),
                        product -> () -> node.funnel(product)));
    }

    private Workload limit() throws Exception {
        int batch = averageBatch();
        BareLimit limit =
                BareLimit.on(stage.schemas().newPool(), sale.flashsale().holds()::newId, batch);
        return new Workload(
                "limit",
                HOLDS,
                "bare limit: the same rows inserted, " + batch
                        + " in a commit as ours does on average here, nothing else;"
                        + " the better of one and two connections",
                limit::run);
    }

    private int averageBatch() throws Exception {
        hold().warmUp(plan.warmUp());
        CommitCount counted = new CommitCount(stage.schemas().pool());
        Sale node = sale.nodeOn(counted);
        List<ProductId> products = sale.newProducts(plan.products());
        Tally tally = crowd(plan.callers(), plan.warmUp(), products, product -> () -> node.hold(product));
        return Math.clamp(Math.round((double) tally.done() / Math.max(1, counted.commits())), 1, 1000);
    }

    private Workload textbookFunnel() throws SQLException {
        Textbook textbook = stage.textbook();
        return new Workload(
                "textbook_funnel",
                "sales",
                "textbook: hold, order and payment, each its own transaction; "
                        + described(plan.callers(), plan.products()),
                window -> crowd(
                        plan.callers(),
                        window,
                        stage.newProductsOfBoth(plan.products()),
                        product -> () -> textbook.funnel(product)));
    }

    private Workload funnel() {
        return new Workload(
                "funnel",
                "sales",
                "ours: hold, order and payment; " + described(plan.callers(), plan.products()),
                window -> crowd(
                        plan.callers(),
                        window,
                        sale.newProducts(plan.products()),
                        product -> () -> sale.funnel(product)));
    }

    private Workload refusal() {
        return new Workload(
                "refusal",
                "refusals",
                "ours: holds of a product of which everything is sold; " + described(plan.callers(), 1),
                window -> {
                    ProductId soldOut = sale.newSoldOutProduct();
                    return Crowd.run(plan.callers(), window, caller -> () -> sale.refusal(soldOut));
                });
    }

    private Workload twoNodes() {
        Sale other = sale.nodeOn(stage.schemas().newPool());
        return new Workload(
                "two_nodes",
                HOLDS,
                "ours, two instances with a pool each and half of the callers; "
                        + described(plan.callers(), plan.products()),
                window -> {
                    List<ProductId> products = sale.newProducts(plan.products());
                    return Crowd.run(plan.callers(), window, caller -> {
                        Sale node = caller % 2 == 0 ? sale : other;
                        ProductId product = products.get(caller / 2 % products.size());
                        return () -> node.hold(product);
                    });
                });
    }

    static Tally crowd(int callers, Duration window, List<ProductId> products, Function<ProductId, Call> calls)
            throws InterruptedException {
        return Crowd.run(callers, window, caller -> calls.apply(products.get(caller % products.size())));
    }

    private static String described(int callers, int products) {
        return (callers == 1 ? "1 caller" : callers + " callers") + ", "
                + (products == 1 ? "1 product" : products + " products");
    }
}
