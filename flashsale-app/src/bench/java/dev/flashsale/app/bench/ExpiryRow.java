package dev.flashsale.app.bench;

import dev.flashsale.domain.product.ProductId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Buyers of a product of which 100,000 holds expire at one moment, in the middle of the window, while a sweeper runs. */
final class ExpiryRow {

    static final int EXPIRING = 100_000;
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final int MAX_PASSES = 100;

    private final Stage stage;

    private ExpiryRow(Stage stage) {
        this.stage = stage;
    }

    static List<Workload> workloads(Stage stage) throws SQLException {
        SomeNumbers.in(stage.schemas().pool());
        ExpiryRow row = new ExpiryRow(stage);
        int callers = stage.plan().callers();
        return List.of(
                new Workload(
                        "expiry_quiet_hold",
                        Workloads.HOLDS,
                        "ours, with a sweeper that finds nothing; " + callers + " callers, 1 product",
                        window -> row.run(window, 0)),
                new Workload(
                        "expiry_hold",
                        Workloads.HOLDS,
                        "ours, while " + EXPIRING + " holds of the product expire at once; " + callers + " callers",
                        window -> row.run(window, EXPIRING)));
    }

    private Tally run(Duration window, int expiring) throws Exception {
        ProductId product = stage.sale().newProducts(1).get(0);
        if (expiring > 0) {
            insertHolds(product, expiring, window.dividedBy(2));
        }
        LongAdder expired = new LongAdder();
        Tally tally;
        try (ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            ScheduledFuture<?> unused = sweeper.scheduleWithFixedDelay(
                    () -> sweep(expired), 0, SWEEP_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            tally = Crowd.run(
                    stage.plan().callers(), window, caller -> () -> stage.sale().hold(product));
            List<Runnable> unusedRuns = sweeper.shutdownNow();
        }
        long within = expired.sum();
        while (expiring > 0
                && expired.sum() < expiring
                && stage.sale().flashsale().housekeeping().expireHolds() > 0) {
            // The next workload begins on a tidy table.
        }
        return expiring == 0 ? tally : tally.noting(within + " holds expired within the window");
    }

    private void sweep(LongAdder expired) {
        for (int pass = 0; pass < MAX_PASSES && !Thread.currentThread().isInterrupted(); pass++) {
            int ended = stage.sale().flashsale().housekeeping().expireHolds();
            expired.add(ended);
            if (ended == 0) {
                break;
            }
        }
    }

    private void insertHolds(ProductId product, int count, Duration expireAfter) throws SQLException {
        try (Connection connection = stage.schemas().pool().getConnection()) {
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into flashsale_hold (id, product_id, quantity, status, expires_at)"
                                    + " select unhex(concat(lpad(hex(? * 1000000 + n), 16, '0'), left(sha2(rand(), 256), 16))),"
                                    + " ?, 1, 'active', utc_timestamp(6) + interval ? microsecond"
                                    + " from flashsale_bench_number where n < ?");
                    PreparedStatement take = connection.prepareStatement(
                            "update flashsale_stock set available = available - ? where product_id = ?")) {
                insert.setLong(1, product.value());
                insert.setLong(2, product.value());
                insert.setLong(3, expireAfter.toNanos() / 1000);
                insert.setInt(4, count);
                SomeNumbers.requireRows(count, insert.executeUpdate());
                take.setInt(1, count);
                take.setLong(2, product.value());
                int unused = take.executeUpdate();
            }
            connection.commit();
        }
    }
}
