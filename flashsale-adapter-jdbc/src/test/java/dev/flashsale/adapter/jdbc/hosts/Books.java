package dev.flashsale.adapter.jdbc.hosts;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Holds what the tables say against what was told, past the library. */
record Books(HostDatabase database, HostDatabase bookings, Sale sale) {

    void check(Told told, Violations violations) throws SQLException {
        holds(told, violations);
        bookings(told, violations);
        limits(violations);
        transactions(violations);
    }

    private void holds(Told told, Violations violations) throws SQLException {
        Map<UUID, Fate> there = new HashMap<>();
        read(
                database,
                "select id, min(status), max(status), count(*), max(line_count) from flashsale_hold where product_id >= ?"
                        + " group by id",
                sale.first(),
                row -> {
                    UUID id = uuid(row.getBytes(1));
                    there.put(id, Fate.valueOf(row.getString(2).toUpperCase(Locale.ROOT)));
                    if (!row.getString(2).equals(row.getString(3)) || row.getInt(4) != row.getInt(5)) {
                        violations.add("a hold whose lines do not fit together", id);
                    }
                });
        told.holds.forEach((id, fate) -> {
            Fate found = there.getOrDefault(id, Fate.ABSENT);
            if (found != fate) {
                violations.add("told " + fate + ", is " + found, id);
            }
        });
        there.keySet().removeAll(told.holds.keySet());
        there.forEach((id, fate) -> violations.add("hold of nobody", id));
    }

    private void bookings(Told told, Violations violations) throws SQLException {
        Map<UUID, Integer> there = new HashMap<>();
        Map<UUID, String> notes = new HashMap<>();
        read(bookings, "select hold_id, note from booking where id > ?", 0, row -> {
            UUID id = uuid(row.getBytes(1));
            there.merge(id, 1, Integer::sum);
            notes.merge(id, row.getString(2), (one, other) -> one + ", " + other);
        });
        told.bookings.forEach((id, rows) -> {
            if (!rows.equals(there.getOrDefault(id, 0))) {
                violations.add("the host's rows were not all committed", notes.get(id) + " of " + id);
            }
        });
        there.keySet().removeAll(told.bookings.keySet());
        there.forEach(
                (id, rows) -> violations.add("the host's rows were committed by halves", notes.get(id) + " of " + id));
    }

    private void limits(Violations violations) throws SQLException {
        read(
                database,
                "select customer_id, sum(quantity) from flashsale_hold where product_id = ?"
                        + " and status in ('active', 'ordered') group by customer_id having sum(quantity) > "
                        + Sale.LIMIT,
                sale.limited().value(),
                row -> violations.add("more than the limit per customer", row.getString(1) + ": " + row.getInt(2)));
    }

    /**
     * With no more callers, no connection has a transaction. The server renews what it says only after a tenth of a second in
     * which nobody asked, and others ask it too: what is left open stays so.
     */
    private void transactions(Violations violations) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        int open = openTransactions();
        while (open != 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextInt(200, 500))
                    .toNanos());
            open = openTransactions();
        }
        if (open != 0) {
            violations.add("transactions left open", open);
        }
    }

    private int openTransactions() throws SQLException {
        AtomicInteger open = new AtomicInteger();
        read(
                database,
                "select count(*) from information_schema.innodb_trx t join information_schema.processlist p"
                        + " on p.id = t.trx_mysql_thread_id where p.db = ? and p.id <> connection_id()",
                database.name(),
                row -> open.set(row.getInt(1)));
        return open.get();
    }

    private interface Row {
        void in(ResultSet row) throws SQLException;
    }

    private static void read(HostDatabase database, String sql, Object parameter, Row each) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.in(rows);
                }
            }
        }
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
