package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a program sent that knew the tables at version 7: a row for each product of a hold, each with an id of its own, which
 * is made of the first one's; the first says how many there are, the others which they are, as a negative number.
 */
record VersionSeven(Connection connection) {

    static HoldId line(HoldId id, int number) {
        UUID first = id.value();
        return new HoldId(new UUID(
                first.getMostSignificantBits(), first.getLeastSignificantBits() ^ number * 0x9E3779B97F4A7C15L));
    }

    /** Of a piece of each of the products 1 to so many. */
    void hold(HoldId id, int products, Instant expiresAt, @Nullable CustomerId customer) throws SQLException {
        for (int number = 0; number < products; number++) {
            run(
                    "insert into flashsale_hold (id, product_id, quantity, expires_at, customer_id, line_count, status)"
                            + " values (?, ?, ?, ?, ?, ?, 'active')",
                    line(id, number),
                    number + 1,
                    1,
                    expiresAt,
                    customer == null ? null : customer.value(),
                    number == 0 ? products : -number);
            if (customer != null) {
                run(
                        "insert into flashsale_customer_hold (hold_id, product_id, customer_id) values (?, ?, ?)",
                        line(id, number),
                        number + 1,
                        customer.value());
            }
            take(number + 1, 1);
        }
    }

    private void take(int product, int pieces) throws SQLException {
        long available = number(
                "select available from flashsale_stock force index (primary) where product_id in (?)"
                        + " order by product_id for update",
                product);
        run(
                "update flashsale_stock force index (primary) set available = case product_id when ? then ? end"
                        + " where product_id in (?)",
                product,
                available - pieces,
                product);
    }

    /** Its pieces return unless it is ordered. */
    void end(HoldId id, int products, String status, boolean ofCustomer) throws SQLException {
        for (int number = 0; number < products; number++) {
            long count = number(
                    "select line_count from flashsale_hold force index (primary) where id in (?) and line_count "
                            + (number == 0 ? ">" : "<") + " 0 order by id for update",
                    line(id, number));
            run(
                    "update flashsale_hold force index (primary) set status = ? where id in (?)",
                    count == 0 ? "none" : status,
                    line(id, number));
            if (!status.equals("ordered")) {
                take(number + 1, -1);
                if (ofCustomer) {
                    run("delete from flashsale_customer_hold where hold_id = ?", line(id, number));
                }
            }
        }
    }

    /** Answers its number. */
    long order(HoldId id, int products, Instant placedAt, Instant deadline) throws SQLException {
        for (int number = 0; number < products; number++) {
            run(
                    "insert into flashsale_order (hold_id, product_id, quantity, amount, currency, placed_at,"
                            + " payment_deadline, line_count, status) values (?, ?, ?, ?, 'EUR', ?, ?, ?, 'pending')",
                    line(id, number),
                    number + 1,
                    1,
                    number == 0 ? 10 * products : 0,
                    placedAt,
                    deadline,
                    number == 0 ? products : -number);
        }
        return number(
                "select id from flashsale_order force index (flashsale_order_one_per_hold) where hold_id in (?)", id);
    }

    /** With the payment that made it so; the pieces return unless it was paid. */
    void save(HoldId id, long order, int products, String status) throws SQLException {
        long locked = number(
                "select id from flashsale_order force index (primary) where id in (?) and line_count > 0"
                        + " order by id for update",
                order);
        if (status.equals("paid") || status.equals("failed")) {
            run(
                    "insert into flashsale_payment (transaction_id, order_id, status, amount, currency, effect,"
                            + " order_status, received_at) values (?, ?, ?, null, null, 'applied', ?, utc_timestamp(6))",
                    "for-" + locked,
                    locked,
                    status.equals("paid") ? "success" : "failed",
                    status);
        }
        for (int number = 0; number < products; number++) {
            run(
                    "update flashsale_order force index (flashsale_order_one_per_hold) set status = ? where hold_id in (?)",
                    status,
                    line(id, number));
            if (!status.equals("paid") && !status.equals("refunded")) {
                take(number + 1, -1);
            }
        }
    }

    private long number(String sql, Object key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, bound(key));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("no row: " + sql + " " + key);
                }
                return row.getLong(1);
            }
        }
    }

    private void run(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, bound(values[i]));
            }
            if (statement.executeUpdate() != 1) {
                throw new SQLException("not one row: " + sql);
            }
        }
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case HoldId id ->
                ByteBuffer.allocate(16)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits())
                        .array();
            case Instant time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            case null, default -> value;
        };
    }
}
