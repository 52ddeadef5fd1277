package dev.flashsale.app.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.domain.product.ProductId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Ours on a schema whose product has had millions of holds that have ended, beside ours on one that is empty. */
final class AgedRow {

    private AgedRow() {}

    static List<Workload> workloads(Stage stage) throws SQLException {
        HikariDataSource agedPool = stage.schemas().newSchema();
        Sale aged = stage.newSale(agedPool);
        Sale empty = stage.newSale(stage.schemas().newSchema());
        ProductId old = aged.newProducts(1).get(0);
        ProductId fresh = empty.newProducts(1).get(0);
        fill(stage, agedPool, old);
        String rows = stage.plan().agedRows() + " ended holds of the product";
        return List.of(
                hold(stage, "empty_hold", empty, fresh, "an empty table"),
                hold(stage, "aged_hold", aged, old, rows),
                read(stage, "empty_read", empty, fresh, "an empty table"),
                read(stage, "aged_read", aged, old, rows));
    }

    private static Workload hold(Stage stage, String name, Sale sale, ProductId product, String table) {
        return new Workload(
                name,
                Workloads.HOLDS,
                "ours, with " + table,
                window -> Crowd.run(stage.plan().callers(), window, caller -> () -> sale.hold(product)));
    }

    private static Workload read(Stage stage, String name, Sale sale, ProductId product, String table) {
        return new Workload(
                name,
                "reads",
                "ours: reading a product, with " + table,
                window -> Crowd.run(stage.plan().callers(), window, caller -> () -> sale.read(product)));
    }

    /** As if they had been placed one after the other: ids and times grow together, half released and half expired. */
    private static void fill(Stage stage, HikariDataSource pool, ProductId product) throws SQLException {
        SomeNumbers.in(pool);
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into flashsale_hold (id, product_id, quantity, status, expires_at)"
                                + " select unhex(concat(lpad(hex(? + n), 12, '0'), left(sha2(? + n, 256), 20))), ?, 1,"
                                + " if(n % 2 = 0, 'released', 'expired'),"
                                + " timestamp '2020-01-01 00:00:00' + interval (? + n) * 10 microsecond"
                                + " from flashsale_bench_number where n < ?")) {
            long wanted = stage.plan().agedRows();
            for (long made = 0; made < wanted; made += SomeNumbers.COUNT) {
                insert.setLong(1, made);
                insert.setLong(2, made);
                insert.setLong(3, product.value());
                insert.setLong(4, made);
                long step = Math.min(SomeNumbers.COUNT, wanted - made);
                insert.setLong(5, step);
                SomeNumbers.requireRows(step, insert.executeUpdate());
                connection.commit();
                stage.progress().preparing("filling the aged table", made, wanted);
            }
        }
    }
}
