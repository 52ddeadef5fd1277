package dev.flashsale.app.bench;

import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.List;

/**
 * Holds over HTTP of a product that a crowd listens to, beside one to whom nobody listens. Before the holds, what a
 * listener costs is told, and when a crowd has heard of a change.
 */
final class StreamRow {

    private static final int CHANGES = 3;
    private static final int KIB = 1024;

    private final Stage stage;

    private StreamRow(Stage stage) {
        this.stage = stage;
    }

    static List<Workload> workloads(Stage stage) {
        Workload quiet = HttpRows.holds(
                stage,
                "http_hold",
                "POST of holds",
                () -> stage.sale().newProducts(1).get(0));
        return List.of(
                quiet,
                new Workload(
                        "stream_hold",
                        quiet.unit(),
                        quiet.what() + "; meanwhile " + stage.plan().listeners() + " listen to the product",
                        new StreamRow(stage)::run));
    }

    private Tally run(Duration window) throws Exception {
        int port = stage.serverPort();
        ProductId product = stage.sale().newProducts(1).get(0);
        while (stage.listeners() > 0) {
            // The server has yet to see that those before have left.
            Thread.sleep(10);
        }
        long before = usedBytes();
        try (Listeners crowd = Listeners.of(port, product, stage.plan().listeners())) {
            long each = (usedBytes() - before) / stage.plan().listeners();
            long heard = 0;
            for (int change = 0; change < CHANGES; change++) {
                heard = Math.max(
                        heard, crowd.heardOf(() -> stage.sale().hold(product)).toMillis());
            }
            long events = crowd.events();
            Tally tally = HttpRows.holds(stage, "", "", () -> product).run().during(window);
            return tally.noting("a listener and its client took " + each / KIB + " KiB of the heap; of " + CHANGES
                    + " changes by themselves the last listener had heard after " + heard + " ms at most; "
                    + (crowd.events() - events) + " events were sent while holds were");
        }
    }

    /** What is left once what nobody needs is thrown away. */
    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
