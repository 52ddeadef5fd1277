package dev.flashsale.app.bench;

import dev.flashsale.app.bench.Crowd.Answer;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What a good engineer writes first: each request is a transaction that locks the product's stock, adds up what is
 * taken, decides and writes. On tables of its own with the columns and indexes of ours, and a pool like ours.
 *
 * <p>The pool hands out connections with auto-commit off, so that a transaction costs no statement to begin: in favour
 * of the textbook.
 */
final class Textbook {

    private static final String LOCK_STOCK = "select total from flashsale_bench_stock where product_id = ? for update";
    private static final String TAKEN = "select (select coalesce(sum(quantity), 0) from flashsale_bench_hold"
            + " where product_id = ? and status = 'active' and expires_at > utc_timestamp(6))"
            + " + (select coalesce(sum(quantity), 0) from flashsale_bench_order"
            + " where product_id = ? and status in ('pending', 'paid'))";
    private static final String INSERT_HOLD =
            "insert into flashsale_bench_hold (id, product_id, quantity, status, expires_at)"
                    + " values (?, ?, 1, 'active', utc_timestamp(6) + interval 1 day)";
    private static final String LOCK_HOLD = "select product_id from flashsale_bench_hold"
            + " where id = ? and status = 'active' and expires_at > utc_timestamp(6) for update";
    private static final String INSERT_ORDER = "insert into flashsale_bench_order (hold_id, product_id, quantity,"
            + " amount, currency, status, placed_at, payment_deadline)"
            + " select ?, id, 1, price, currency, 'pending', utc_timestamp(6), utc_timestamp(6) + interval 1 day"
            + " from flashsale_bench_product where id = ?";
    private static final String HOLD_ORDERED = "update flashsale_bench_hold set status = 'ordered' where id = ?";
    private static final String LOCK_ORDER =
            "select id from flashsale_bench_order where id = ? and status = 'pending' for update";
    private static final String INSERT_PAYMENT = "insert into flashsale_bench_payment (transaction_id, order_id,"
            + " status, effect, order_status, received_at)"
            + " values (?, ?, 'success', 'applied', 'paid', utc_timestamp(6))";
    private static final String ORDER_PAID = "update flashsale_bench_order set status = 'paid' where id = ?";

    private final DataSource pool;
    private final Supplier<HoldId> ids;

    private Textbook(DataSource pool, Supplier<HoldId> ids) {
        this.pool = pool;
        this.ids = ids;
    }

    /** @param pool with auto-commit off, on a migrated schema */
    static Textbook on(DataSource pool, Supplier<HoldId> ids) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"product", "stock", "hold", "order", "payment"}) {
                boolean unused =
                        statement.execute("create table flashsale_bench_" + table + " like flashsale_" + table);
            }
        }
        return new Textbook(pool, ids);
    }

    /** Puts one of ours on sale here as well. */
    ProductId adopt(ProductId ours) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            for (String table : new String[] {"product", "stock"}) {
                String key = table.equals("product") ? "id" : "product_id";
                try (PreparedStatement copy = connection.prepareStatement("insert into flashsale_bench_" + table
                        + " select * from flashsale_" + table + " where " + key + " = ?")) {
                    copy.setLong(1, ours.value());
                    int unused = copy.executeUpdate();
                }
            }
            connection.commit();
        }
        return ours;
    }

    Answer hold(ProductId productId) throws SQLException {
        return hold(productId, bytes(ids.get().value())) ? Answer.DONE : Answer.REFUSED;
    }

    /** Hold, order and payment, each its own transaction. */
    Answer funnel(ProductId productId) throws SQLException {
        UUID id = ids.get().value();
        if (!hold(productId, bytes(id))) {
            return Answer.REFUSED;
        }
        pay(order(bytes(id)), "bench-" + id);
        return Answer.DONE;
    }

    private boolean hold(ProductId productId, byte[] id) throws SQLException {
        return inTransaction(connection -> {
            long product = productId.value();
            if (number(connection, LOCK_STOCK, product) <= number(connection, TAKEN, product, product)) {
                return false;
            }
            run(connection, INSERT_HOLD, id, product);
            return true;
        });
    }

    private long order(byte[] holdId) throws SQLException {
        return inTransaction(connection -> {
            long product = number(connection, LOCK_HOLD, holdId);
            long orderId;
            try (PreparedStatement insert =
                    connection.prepareStatement(INSERT_ORDER, Statement.RETURN_GENERATED_KEYS)) {
                bind(insert, holdId, product);
                int unused = insert.executeUpdate();
                orderId = number(insert.getGeneratedKeys());
            }
            run(connection, HOLD_ORDERED, holdId);
            return orderId;
        });
    }

    private void pay(long orderId, String transactionId) throws SQLException {
        long unused = inTransaction(connection -> {
            long locked = number(connection, LOCK_ORDER, orderId);
            run(connection, INSERT_PAYMENT, transactionId, locked);
            run(connection, ORDER_PAID, locked);
            return locked;
        });
    }

    @FunctionalInterface
    private interface Body<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Body<T> body) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = body.run(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            return number(select.executeQuery());
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new SQLException("the textbook did not find its own row");
        }
        return rows.getLong(1);
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            bind(change, values);
            int unused = change.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
