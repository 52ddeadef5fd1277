package dev.flashsale.adapter.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A schema of its own, full of what is over, with a tenth of it under way, half of everything in one product: the
 * optimizer knows what is in it and has a choice.
 */
final class FullTables {

    static final int PAST = 20_000;
    static final String SECRET = "whsec_" + "A".repeat(32);
    static final int NOW = 2_000;
    static final ProductId PRODUCT = new ProductId(1);
    /** Who has held a third of what is over, and released it. */
    static final CustomerId CUSTOMER = new CustomerId("often");

    final HikariDataSource pool;
    /** Active, some of them expired. */
    final List<ActiveHold> active;
    /** Pending, in the order of their numbers, some of them overdue, the first hundred with a payment that is kept. */
    final List<Order> pending;

    final List<Payment> kept;

    FullTables() throws SQLException {
        pool = TestDatabase.get().withNewSchema().newPool(2);
        Schema.migrate(pool);
        execute(
                "create table number (n int primary key)",
                "insert into number with recursive r (n) as (select 0 union all select n + 1 from r where n < 999)"
                        + " select a.n * 1000 + b.n from r a join r b where a.n * 1000 < " + PAST,
                "insert into flashsale_product select n + 1, 'x', 1, 'EUR' from number where n < 50",
                "insert into flashsale_stock (product_id, total, available) select id, 1000000, 900000 from flashsale_product",
                "insert into flashsale_hold (id, product_id, quantity, status, expires_at) select unhex(left(sha2(n, 224), 32)), if(n % 2 = 0, 1, 1 + n % 50), 1,"
                        + " elt(1 + n % 3, 'ordered', 'released', 'expired'), utc_timestamp(6) - interval n second"
                        + " from number",
                "insert into flashsale_customer_hold (hold_id, product_id, customer_id) select id, product_id, concat('c-', ord(id) % 1000)"
                        + " from flashsale_hold where status = 'ordered'",
                "insert into flashsale_customer_hold (hold_id, product_id, customer_id, counted) select id, product_id, '"
                        + CUSTOMER + "', false from flashsale_hold where status = 'released'",
                "insert into flashsale_order (hold_id, product_id, quantity, amount, currency, status, placed_at,"
                        + " payment_deadline) select id, product_id, 1, 1, 'EUR',"
                        + " elt(1 + ord(id) % 3, 'paid', 'failed', 'expired'), expires_at, expires_at"
                        + " from flashsale_hold where status = 'ordered'",
                "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status, received_at)"
                        + " select concat('past-', id), id, 'success', 'applied', 'paid', placed_at from flashsale_order",
                "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status, received_at)"
                        + " select concat('owed-', id), id, 'success', 'refund_required', 'expired', placed_at"
                        + " from flashsale_order where status = 'expired'",
                "insert into flashsale_open_refund select id from flashsale_payment where effect = 'refund_required'",
                "insert into flashsale_idempotency_key select concat('past-', n), '1 1', 'sold_out',"
                        + " utc_timestamp(6) - interval n * 10 second from number",
                "insert into flashsale_operator_log (logged_at, operator, action, subject, difference, reason) select"
                        + " utc_timestamp(6) - interval n second, 'ann', elt(1 + n % 3, 'stock_adjusted', 'product_changed',"
                        + " 'order_cancelled'), if(n % 2 = 0, 1, 1 + n % 50), '10 → 7', 'broken' from number",
                "insert into flashsale_stock_ledger (product_id, pieces, entered_at, operator, reason) select"
                        + " if(n % 2 = 0, 1, 1 + n % 50), 1 + n % 7, utc_timestamp(6), 'ann', 'more' from number",
                "insert into flashsale_event select if(n % 2 = 0, 1, 1 + n % 50), n, 'e', 'product', 'stock.changed',"
                        + " utc_timestamp(6) - interval " + PAST + " - n second, '{}' from number",
                "insert into flashsale_event_number select aggregateid, max(number), null from flashsale_event"
                        + " group by aggregateid",
                "insert into flashsale_endpoint (url, kinds, secret, created_at) select 'https://shop.example', 'order.paid', '"
                        + SECRET + "', utc_timestamp(6) from number limit 100",
                "insert into flashsale_endpoint_position select if(n % 2 = 0, 1, 1 + n % 50), n, n, 0, null, null from number",
                "insert into flashsale_delivery select if(n % 2 = 0, 1, 1 + n % 50), 1 + n % 7, n, concat('1-', n), 'order.paid',"
                        + " if(n % 100 = 0, 'again', 'delivered'), 1, 200, 'ok', 7, utc_timestamp(6) - interval " + PAST
                        + " - n second from number",
                "insert into flashsale_event_reader values ('order.paid', utc_timestamp(6)), ('order.placed', utc_timestamp(6))");
        Ports ports = Ports.of(JdbcPorts.on(pool));
        Instant now = OnTestDatabase.now();
        List<ActiveHold> holds = new ArrayList<>();
        for (int i = 0; i < NOW; i++) {
            ProductId product = i % 2 == 0 ? PRODUCT : new ProductId(1 + i % 50);
            holds.add(Examples.hold(product, 1, now.plusSeconds(i % 20 == 0 ? -1 - i : 600 + i)));
        }
        ports.holds().insert(holds);
        active = holds.subList(0, NOW / 2);
        List<ActiveHold> ordered = holds.subList(NOW / 2, NOW);
        ports.holds()
                .end(ordered.stream().map(hold -> hold.end(HoldEnd.ORDERED)).toList());
        pending = ports.orders().insert(ordered.stream().map(FullTables::order).toList()).values().stream()
                .sorted(Comparator.comparing(Order::id))
                .toList();
        kept = pending.stream()
                .limit(100)
                .map(order -> Examples.success(order.id()))
                .toList();
        ports.payments().insert(kept.stream().map(RecordedPayment::kept).toList());
        execute(
                "analyze table flashsale_hold, flashsale_customer_hold, flashsale_order, flashsale_payment, flashsale_open_refund,"
                        + " flashsale_kept_payment, flashsale_stock, flashsale_product, flashsale_idempotency_key,"
                        + " flashsale_operator_log, flashsale_stock_ledger, flashsale_event, flashsale_event_number,"
                        + " flashsale_endpoint, flashsale_endpoint_position, flashsale_delivery, flashsale_event_reader");
    }

    /** Its deadline is when the hold would have expired. */
    private static NewOrder order(ActiveHold hold) {
        return Examples.newOrder(hold, hold.expiresAt().minus(Examples.PAYMENT_DEADLINE));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
