package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Audits.Mend;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to break the books that the database lets happen, and what finds and mends it. */
class JdbcAuditRepositoryTest {

    private static final HikariDataSource POOL = migrated();
    private static final ProductId PRODUCT = new ProductId(1);
    private static final int TOTAL = 20;
    private static final CustomerId CUSTOMER = new CustomerId("somebody");

    private final Flashsale flashsale = Flashsale.on(JdbcPorts.on(POOL), Settings.defaults());

    private static HikariDataSource migrated() {
        HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(4);
        Schema.migrate(pool);
        return pool;
    }

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** One of everything: held, ordered, paid and failed, by a customer each; released; and a payment that waits. */
    @BeforeEach
    void sell() throws SQLException {
        for (String table : List.of(
                "product",
                "stock",
                "stock_ledger",
                "hold",
                "customer_hold",
                "order",
                "payment",
                "kept_payment",
                "open_refund",
                "returned_piece")) {
            run("delete from flashsale_" + table);
        }
        SaleRules rules = new SaleRules(null, 10, SaleWindow.ALWAYS);
        assertThat(flashsale.products().put(Examples.product(PRODUCT), TOTAL, rules))
                .isNotNull();
        hold(2);
        assertThat(flashsale.holds().release(hold(1))).isInstanceOf(ReleaseOutcome.Released.class);
        order(1);
        pay(Examples.success(order(1)));
        pay(Examples.failure(order(2)));
        pay(Examples.success(new OrderId(1_000_000)));
        assertThat(flashsale.audits().audit()).satisfies(report -> {
            assertThat(report.clean()).as("%s", report).isTrue();
            assertThat(report.violations()).isZero();
            assertThat(report.kept()).hasSize(1);
        });
    }

    @Test
    void whereThePiecesAreIsToldOfWhatIsOnSaleFirstAndThenOfTheNewest() {
        // given
        SaleRules over = new SaleRules(null, null, new SaleWindow(null, Instant.parse("2020-01-01T00:00:00Z")));
        SaleRules upcoming = new SaleRules(null, null, new SaleWindow(Instant.parse("2999-01-01T00:00:00Z"), null));
        put(2, SaleRules.NONE);
        put(3, over);
        put(4, upcoming);
        put(5, new SaleRules(null, null, SaleWindow.ALWAYS, true));

        // when
        List<ProductPieces> all = flashsale.lists().pieces(new PageSize(10));
        List<ProductPieces> some = flashsale.lists().pieces(new PageSize(3));

        // then
        assertThat(all).extracting(one -> one.productId().value()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(some).extracting(one -> one.productId().value()).containsExactlyInAnyOrder(1L, 2L, 5L);
        assertThat(flashsale.lists().pieces(new PageSize(2)))
                .extracting(one -> one.productId().value())
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(all)
                .filteredOn(one -> one.productId().equals(PRODUCT))
                .containsExactly(new ProductPieces(PRODUCT, TOTAL, TOTAL - 4, 2, 1))
                .allSatisfy(sold -> assertThat(sold.paid()).isEqualTo(1));
    }

    @Test
    void whatIsOverSoonIsToldByWhen() throws Exception {
        // given: holds of two pieces, an order of one
        run(
                "update flashsale_hold set expires_at = timestampadd(second, 75, utc_timestamp(6)) where status = 'active'");
        run("update flashsale_order set payment_deadline = timestampadd(second, 285, utc_timestamp(6))"
                + " where status = 'pending'");

        // when
        List<ExpiringPieces> soon = flashsale.lists().expiring(PRODUCT);

        // then
        assertThat(soon)
                .hasSize(10)
                .filteredOn(step -> step.held() + step.pending() > 0)
                .containsExactly(
                        new ExpiringPieces(Duration.ofSeconds(60), 2, 0),
                        new ExpiringPieces(Duration.ofSeconds(270), 0, 1));
        assertThat(flashsale.lists().expiring(new ProductId(99))).allMatch(step -> step.held() + step.pending() == 0);
    }

    private void put(long id, SaleRules rules) {
        assertThat(flashsale.products().put(Examples.product(new ProductId(id)), 5, rules))
                .isNotNull();
    }

    /** For each: what it is called, what finds it, and what it takes. */
    static Stream<Arguments> evidence() {
        return Stream.of(
                arguments("product without stock", "delete from flashsale_stock", false),
                arguments("stock without product", "delete from flashsale_product", false),
                arguments("hold without stock", "delete from flashsale_stock", false),
                arguments(
                        "total that its ledger does not add up to",
                        "update flashsale_stock_ledger set pieces = pieces + 1",
                        true),
                arguments(
                        "ordered hold without order",
                        "update flashsale_hold set status = 'ordered' where status = 'active'",
                        false),
                arguments(
                        "hold that the limit counts although it takes nothing for a customer",
                        "update flashsale_customer_hold set counted = true where hold_id in (select id from flashsale_hold"
                                + " where status = 'released')",
                        true),
                arguments(
                        "hold that the limit counts although it takes nothing for a customer",
                        "insert into flashsale_customer_hold (hold_id, product_id, customer_id, counted)"
                                + " values (x'01', 1, 'nobody', false)",
                        true),
                arguments(
                        "order without a hold that is ordered",
                        "update flashsale_hold set status = 'released' where status = 'ordered'",
                        false),
                arguments("order without a hold that is ordered", "delete from flashsale_hold", false),
                arguments(
                        "order of something else than its hold",
                        "update flashsale_hold set quantity = quantity + 1 where status = 'ordered' limit 1",
                        true),
                arguments(
                        "order of something else than its hold",
                        "update flashsale_hold set product_id = 2 where status = 'ordered'",
                        false),
                arguments(
                        "paid order without the payment that was applied",
                        "delete from flashsale_payment where effect = 'applied' and status = 'success'",
                        true),
                arguments(
                        "failed order without the payment that was applied",
                        "update flashsale_payment set effect = 'ignored' where status = 'failed'",
                        true),
                arguments("decided payment without order", "delete from flashsale_order", false),
                arguments(
                        "applied payment whose order is not paid",
                        "update flashsale_order set status = 'expired' where status = 'paid'",
                        false),
                arguments(
                        "applied failure whose order is still pending",
                        "update flashsale_order set status = 'pending' where status = 'failed'",
                        false),
                arguments(
                        "payment of which more or less was given back than its state says",
                        "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status,"
                                + " received_at, gives_back_of, given_back) select 'refund', order_id, 'refunded', effect,"
                                + " order_status, received_at, transaction_id, 1000000 from flashsale_payment"
                                + " where effect = 'applied' and status = 'success'",
                        true),
                arguments(
                        "payment of which more or less was given back than its state says",
                        "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status,"
                                + " received_at, gives_back_of, given_back) select 'refund', order_id, 'refunded', effect,"
                                + " order_status, received_at, 'nobody', 1 from flashsale_payment"
                                + " where effect = 'applied' and status = 'success'",
                        true),
                arguments(
                        "order to which several payments were applied",
                        "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status,"
                                + " received_at) select 'again', order_id, status, effect, order_status, received_at"
                                + " from flashsale_payment where effect = 'applied' and status = 'success'",
                        true));
    }

    @ParameterizedTest
    @MethodSource("evidence")
    void isFoundAndLeftToPeople(String what, String broken, boolean alone) throws SQLException {
        run(broken);

        AuditReport found = flashsale.audits().audit();
        List<Mend> mends = flashsale.audits().repair(found);
        AuditReport after = flashsale.audits().audit();

        assertThat(found.clean()).isFalse();
        assertThat(found.orphans()).extracting(Orphan::what).contains(what);
        if (alone) {
            assertThat(found.violations()).isEqualTo(1);
        }
        assertThat(mends).hasSize(found.violations());
        assertThat(after.orphans()).extracting(Orphan::what).contains(what);
    }

    @ParameterizedTest
    @MethodSource
    void isFoundAndMended(String broken, Class<? extends Mend> how) throws SQLException {
        AuditReport before = flashsale.audits().audit();
        run(broken);

        AuditReport found = flashsale.audits().audit();
        List<Mend> planned = flashsale.audits().plan(found);
        AuditReport still = flashsale.audits().audit();
        List<Mend> mended = flashsale.audits().repair(found);

        assertThat(found.violations()).isPositive().isEqualTo(mended.size());
        assertThat(planned).hasOnlyElementsOfType(how).isEqualTo(mended);
        assertThat(still).isEqualTo(found);
        assertThat(flashsale.audits().audit()).isEqualTo(before);
        assertThat(flashsale.audits().repair(found))
                .hasSameSizeAs(mended)
                .noneMatch(Mend.AvailableSet.class::isInstance);
    }

    static Stream<Arguments> isFoundAndMended() {
        return Stream.of(
                arguments("update flashsale_stock set available = available - 3", Mend.AvailableSet.class),
                arguments("update flashsale_stock set available = available + 2", Mend.AvailableSet.class),
                arguments("delete from flashsale_customer_hold", Mend.CountedForCustomer.class),
                arguments("update flashsale_customer_hold set counted = false", Mend.CountedForCustomer.class),
                arguments(
                        "delete from flashsale_customer_hold where not counted and hold_id in (select id from flashsale_hold"
                                + " where status = 'released')",
                        Mend.CountedForCustomer.class),
                arguments("update flashsale_customer_hold set product_id = 7", Mend.CountedForCustomer.class),
                arguments("update flashsale_customer_hold set customer_id = 'x'", Mend.CountedForCustomer.class));
    }

    @Test
    void aPaymentThatIsKeptThoughItsOrderExistsTakesEffect() throws SQLException {
        run("update flashsale_payment p join (select min(id) as id from flashsale_order) o"
                + " set p.order_id = o.id where p.effect = 'kept'");

        AuditReport found = flashsale.audits().audit();

        assertThat(found.orphans()).extracting(Orphan::what).containsExactly(Orphan.KEPT_THOUGH_ORDERED);
        assertThat(flashsale.audits().repair(found)).singleElement().isInstanceOf(Mend.PaymentSettled.class);
        assertThat(flashsale.audits().audit().clean()).isTrue();
        assertThat(flashsale.audits().audit().kept()).isEmpty();
    }

    /** What is done to the rows of an order of three products, of a hold of three, or of both. */
    static Stream<Arguments> brokenLines() {
        return Stream.of(
                arguments("hold", "delete from flashsale_hold where line_no = 3 and status = 'active'"),
                arguments("hold", "delete from flashsale_hold where line_no = 1 and status = 'active'"),
                arguments("hold", "update flashsale_hold set line_count = 2 where line_no = 1 and status = 'active'"),
                arguments("hold", "update flashsale_hold set line_count = 4 where status = 'active'"),
                arguments(
                        "hold",
                        "update flashsale_hold set status = 'released' where line_no = 2 and status = 'active'"),
                arguments(
                        "hold",
                        "update flashsale_hold set id = unhex(repeat('0b', 16)) where line_no = 2 and status = 'active'"),
                arguments("order", "delete from flashsale_order where line_no = 2"),
                arguments("order", "update flashsale_order set status = 'failed' where line_no = 3"));
    }

    @ParameterizedTest
    @MethodSource
    void brokenLines(String of, String broken) throws SQLException {
        holdOfSeveral();
        assertThat(flashsale.orders().place(holdOfSeveral())).isInstanceOf(OrderOutcome.Placed.class);
        assertThat(flashsale.audits().audit().clean()).isTrue();

        run(broken);

        AuditReport found = flashsale.audits().audit();
        assertThat(found.orphans())
                .extracting(Orphan::what)
                .contains(of + " of several products whose lines do not fit together");
        assertThat(flashsale.audits().repair(found)).hasSize(found.violations());
        assertThat(flashsale.audits().audit().orphans()).isEqualTo(found.orphans());
    }

    @Test
    void ordersOfSeveralProductsArePaidByOnePaymentAndTheirLinesExpireByThemselves() throws SQLException {
        OrderId paid = ordered(holdOfSeveral());
        pay(Examples.success(paid));
        pay(Examples.failure(ordered(holdOfSeveral())));
        assertThat(ordered(holdOfSeveral())).isNotNull();
        holdOfSeveral();
        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());

        run("update flashsale_stock s join flashsale_hold h on h.product_id = s.product_id"
                + " set h.status = 'expired', s.available = s.available + h.quantity"
                + " where h.line_no = 2 and h.status = 'active'");
        run("update flashsale_stock s join flashsale_order o on o.product_id = s.product_id"
                + " set o.status = 'expired', s.available = s.available + o.quantity"
                + " where o.line_no = 1 and o.status = 'pending'");

        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());
    }

    /** Whatever the refunds were of, in parts or not, the pieces and the money add up. */
    @Test
    void refundsInPartsAddUp() throws SQLException {
        OrderId paid = order(4);
        Payment first = Examples.success(paid);
        Payment second = Examples.success(paid);
        pay(first);
        pay(second);
        pay(part(paid, "9.95", second.transactionId(), 0));
        assertCleanBooks();
        pay(part(paid, "19.90", null, 1));
        pay(part(paid, "10.00", first.transactionId(), 0));
        assertCleanBooks();
        assertThat(flashsale.operator(Cause.PROGRAM).refundDone(second.transactionId()))
                .isInstanceOf(RefundOutcome.Done.class);
        assertCleanBooks();
        pay(part(paid, "49.70", null, 2));
        assertCleanBooks();
        assertThat(statusOf(paid)).isEqualTo(OrderStatus.REFUNDED);

        run("update flashsale_payment set given_back = given_back - 1 where given_back = 49.70");

        assertThat(flashsale.audits().audit().orphans())
                .singleElement()
                .satisfies(found -> assertThat(found.what())
                        .isEqualTo("payment of which more or less was given back than its state says"));
    }

    /** Its pieces come back with the last part, and those that had come back before are no more than history. */
    @Test
    void anOrderThatIsReturnedAtLastHasNoPiecesAnyMore() throws SQLException {
        OrderId paid = order(4);
        pay(Examples.success(paid));
        pay(part(paid, "19.90", null, 1));
        pay(new Payment(Examples.newTransactionId(), paid, PaymentStatus.REFUNDED, null, null, null, true));

        assertThat(statusOf(paid)).isEqualTo(OrderStatus.RETURNED);
        assertCleanBooks();
    }

    private OrderStatus statusOf(OrderId id) {
        return flashsale.orders().view(id).orElseThrow().order().status();
    }

    private void assertCleanBooks() {
        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());
    }

    private static Payment part(OrderId order, String amount, TransactionId of, int pieces) {
        Payment part = new Payment(
                Examples.newTransactionId(),
                order,
                PaymentStatus.REFUNDED,
                new BigDecimal(amount),
                Examples.PRICE.currency(),
                of,
                pieces > 0);
        return pieces == 0 ? part : part.ofPieces(List.of(new Item(PRODUCT, new Quantity(pieces))));
    }

    @Test
    void aLineThatTheLimitDoesNotCountIsMended() throws SQLException {
        HoldId id = flashsale.holds().newId();
        assertThat(flashsale.products().put(Examples.product(new ProductId(2)), TOTAL))
                .isNotNull();
        HoldRequest request = new HoldRequest(
                id,
                Lines.of(List.of(new Item(PRODUCT, new Quantity(1)), new Item(new ProductId(2), new Quantity(1)))),
                CUSTOMER);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        run("delete from flashsale_customer_hold where product_id = 2");

        AuditReport found = flashsale.audits().audit();

        assertThat(flashsale.audits().repair(found)).containsExactly(new Mend.CountedForCustomer(id));
        assertThat(flashsale.audits().audit().clean()).isTrue();
    }

    @Test
    void whatWasSoldBeyondTheTotalIsLeftToPeople() throws SQLException {
        run("update flashsale_stock set total = 3, available = 1");
        run("update flashsale_stock_ledger set pieces = 3");

        AuditReport found = flashsale.audits().audit();

        assertThat(flashsale.audits().checkConservation()).isEqualTo(found.products());
        assertThat(flashsale.audits().repair(found)).containsExactly(new Mend.Oversold(PRODUCT, 1));
        assertThat(flashsale.audits().audit()).isEqualTo(found);
    }

    /** Constraints keep these out; a schema that lost them is found out. */
    @Test
    void whatTheConstraintsKeepOutIsFoundWhereTheyAreGone() throws SQLException {
        try (HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(2);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            Schema.migrate(pool);
            Flashsale unguarded = Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
            statement.execute("alter table flashsale_order drop index flashsale_order_one_per_hold");
            statement.execute("alter table flashsale_payment drop index flashsale_payment_once");
            for (int i = 0; i < 2; i++) {
                statement.execute(
                        "insert into flashsale_order (hold_id, product_id, quantity, amount, currency, status,"
                                + " placed_at, payment_deadline) values (unhex(repeat('0a', 16)), 1, 1, 1, 'EUR', 'pending',"
                                + " utc_timestamp(6), utc_timestamp(6))");
                statement.execute("insert into flashsale_payment (transaction_id, order_id, status, effect,"
                        + " received_at) values ('twice', 99, 'success', 'kept', utc_timestamp(6))");
            }
            assertThat(unguarded.audits().audit().orphans())
                    .extracting(Orphan::what)
                    .contains("hold with several orders", "transaction whose success is recorded more than once");
        }
    }

    @Test
    void conservationIsCheckedPageByPage() throws SQLException {
        for (int id = 2; id <= 250; id++) {
            assertThat(flashsale.products().put(Examples.product(new ProductId(id)), 1))
                    .isNotNull();
        }
        assertThat(flashsale.audits().checkConservation()).isEmpty();

        run("update flashsale_stock set available = 0 where product_id in (100, 101, 250)");

        assertThat(flashsale.audits().checkConservation())
                .extracting(row -> row.productId().value())
                .containsExactly(100L, 101L, 250L);
    }

    private HoldId holdOfSeveral() {
        List<Item> items = LongStream.rangeClosed(11, 13)
                .mapToObj(id -> new Item(new ProductId(id), new Quantity(1)))
                .toList();
        for (Item item : items) {
            assertThat(flashsale.products().put(Examples.product(item.productId()), TOTAL))
                    .isNotNull();
        }
        HoldId id = flashsale.holds().newId();
        assertThat(flashsale.holds().place(new HoldRequest(id, Lines.of(items), null)))
                .isInstanceOf(HoldOutcome.Placed.class);
        return id;
    }

    private OrderId ordered(HoldId id) {
        OrderOutcome outcome = flashsale.orders().place(id);
        assertThat(outcome).isInstanceOf(OrderOutcome.Placed.class);
        return ((OrderOutcome.Placed) outcome).order().id();
    }

    private HoldId hold(int pieces) {
        HoldId id = flashsale.holds().newId();
        assertThat(flashsale.holds().place(new HoldRequest(id, PRODUCT, new Quantity(pieces), CUSTOMER)))
                .isInstanceOf(HoldOutcome.Placed.class);
        return id;
    }

    private OrderId order(int pieces) {
        return ordered(hold(pieces));
    }

    private void pay(Payment payment) {
        assertThat(flashsale.payments().record(payment)).isNotNull();
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = POOL.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
