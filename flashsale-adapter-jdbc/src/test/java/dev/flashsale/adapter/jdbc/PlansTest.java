package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.FullTables.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.jdbc.testing.StatementLog;
import dev.flashsale.adapter.jdbc.testing.StatementLog.Sent;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the database runs every hot statement, as the repositories send it, on tables full of what is over: by an index,
 * with no table read through and nothing sorted that has an order already, so that more of the past costs no more.
 */
@Timeout(180)
class PlansTest {

    private static final String HOLDS = "flashsale_hold_by_status";
    private static final String ORDERS = "flashsale_order_by_status";
    private static final FullTables TABLES = filled();
    private static final StatementLog LOG = new StatementLog(TABLES.pool);
    private static final Ports PORTS = Ports.of(JdbcPorts.on(LOG));

    /** What is asked for by ids is asked for by that many. */
    private static final int IDS = 20;

    private static final int LIMIT = 500;

    private static final int PAGE = 40;

    private static final Subject OF_PRODUCT = new Subject(Subject.Kind.PRODUCT, PRODUCT.value());

    /** MariaDB passes over what is meant for a MySQL of that version. */
    private static final String EXPLAIN = "explain /*!80016 format=traditional */ ";

    private record Step(String table, String type, String key, long rows, String extra) {}

    private static FullTables filled() {
        try {
            return new FullTables();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterAll
    static void close() {
        TABLES.pool.close();
    }

    static Stream<Arguments> hotStatements() {
        Set<HoldId> holds = some(TABLES.active, ActiveHold::id);
        Set<HoldId> orderedHolds = some(TABLES.pending, Order::holdId);
        Set<OrderId> orders = some(TABLES.pending, Order::id);
        Set<TransactionId> payments = Set.of(new TransactionId("past-1"), new TransactionId("past-2"));
        RecordedPayment payment = RecordedPayment.givenUp(TABLES.kept.getFirst());
        TransactionId owed = Objects.requireNonNull(
                        PORTS.payments().openRefunds(0, 1).getFirst())
                .payment()
                .payment()
                .transactionId();
        Stock stock = new Stock(PRODUCT, 1_000_000, 800_000);
        Order overdue = TABLES.pending.stream()
                .min(Comparator.comparing(Order::paymentDeadline))
                .orElseThrow();
        return Stream.of(
                reads("lock the stock", IDS, "PRIMARY", ports -> ports.stocks().lock(Set.of(PRODUCT))),
                reads(
                        "look at the stock",
                        IDS,
                        "PRIMARY",
                        ports -> ports.stocks().find(Set.of(PRODUCT))),
                writes(
                        "write the stock",
                        IDS,
                        "PRIMARY",
                        ports -> ports.stocks().save(List.of(stock))),
                reads(
                        "availability",
                        LIMIT,
                        "PRIMARY " + HOLDS + " " + ORDERS,
                        ports -> ports.stocks().view(Set.of(PRODUCT))),
                reads("price", IDS, "PRIMARY", ports -> ports.products().find(Set.of(PRODUCT))),
                reads("lock holds", IDS, "PRIMARY", ports -> ports.holds().lock(holds)),
                reads("find holds", IDS, "PRIMARY", ports -> ports.holds().find(holds)),
                writes(
                        "end holds",
                        IDS,
                        "PRIMARY",
                        ports -> ports.holds()
                                .end(TABLES.active.stream()
                                        .limit(IDS)
                                        .map(hold -> hold.end(HoldEnd.EXPIRED))
                                        .toList())),
                writes(
                        "extend holds",
                        IDS,
                        "PRIMARY",
                        ports -> ports.holds()
                                .extend(TABLES.active.stream().limit(IDS).toList())),
                reads(
                        "a customer's holds",
                        IDS,
                        "PRIMARY flashsale_customer_hold_of",
                        ports -> ports.holds()
                                .ofCustomers(Map.of(PRODUCT, Set.of(new CustomerId("c-3"), new CustomerId("c-4"))))),
                reads("expired holds", LIMIT, HOLDS, ports -> ports.holds().lockExpired(PRODUCT, LIMIT)),
                reads(
                        "next expiry",
                        FullTables.NOW,
                        HOLDS,
                        ports -> ports.holds().nextExpiry(PRODUCT)),
                reads("lock orders", IDS, "PRIMARY", ports -> ports.orders().lock(orders)),
                reads("find orders", IDS, "PRIMARY", ports -> ports.orders().find(orders)),
                reads(
                        "orders of holds",
                        IDS,
                        "flashsale_order_one_per_hold",
                        ports -> ports.orders().findByHold(orderedHolds)),
                writes(
                        "write orders",
                        IDS,
                        "PRIMARY",
                        ports -> ports.orders()
                                .save(TABLES.pending.stream()
                                        .limit(IDS)
                                        .map(order -> order.with(OrderStatus.PAID))
                                        .toList())),
                reads("overdue orders", LIMIT, ORDERS, ports -> ports.orders().lockOverdue(PRODUCT, LIMIT)),
                reads(
                        "next deadline",
                        FullTables.NOW,
                        ORDERS,
                        ports -> ports.orders().nextDeadline(PRODUCT)),
                reads(
                        "known payments",
                        IDS,
                        "flashsale_payment_once",
                        ports -> ports.payments().lock(payments)),
                writes(
                        "settle a payment",
                        IDS,
                        "PRIMARY flashsale_payment_once",
                        ports -> ports.payments().settle(List.of(payment))),
                reads(
                        "payments of an order",
                        IDS,
                        "flashsale_payment_by_order",
                        ports -> ports.payments()
                                .lockOf(TABLES.pending.getFirst().id())),
                reads(
                        "payments kept for too long",
                        200,
                        "flashsale_kept_payment_by_age PRIMARY",
                        ports -> ports.payments().lockKeptFor(Duration.ofDays(7), LIMIT)),
                reads(
                        "whether money must go back",
                        IDS,
                        "flashsale_payment_once PRIMARY",
                        ports -> ports.payments().openRefunds(Set.of(owed, new TransactionId("past-1")))),
                reads(
                        "a page of money to give back",
                        FullTables.PAST,
                        "PRIMARY",
                        ports -> ports.payments().openRefunds(1, LIMIT)),
                writes(
                        "money was given back",
                        IDS,
                        "PRIMARY flashsale_payment_once",
                        ports -> ports.payments().refundDone(Set.of(owed))),
                reads(
                        "a page to purge",
                        FullTables.PAST * 2,
                        "PRIMARY",
                        ports -> ports.holds().page(Optional.of(Examples.newHoldId()), LIMIT)),
                reads(
                        "lock holds to purge",
                        IDS,
                        "PRIMARY",
                        ports -> ports.holds().lockFree(holds)),
                reads(
                        "lock orders to purge",
                        IDS,
                        "flashsale_order_one_per_hold",
                        ports -> ports.orders().lockFreeOf(orderedHolds)),
                reads(
                        "lock payments to purge",
                        2 * IDS,
                        "flashsale_payment_by_order",
                        ports -> ports.payments().lockFreeOf(orders)),
                reads(
                        "a page of products",
                        60,
                        "PRIMARY",
                        ports -> ports.products().page(Optional.of(PRODUCT), LIMIT)),
                reads(
                        "a page of all orders",
                        FullTables.PAST,
                        "PRIMARY",
                        ports -> ports.orders().page(Optional.of(overdue.id()), LIMIT)),
                reads(
                        "the first page of active holds",
                        FullTables.PAST,
                        HOLDS,
                        ports -> ports.holds().page(PRODUCT, HoldStatus.ACTIVE, Optional.empty(), LIMIT)),
                reads(
                        "a page of expired holds",
                        FullTables.PAST,
                        HOLDS,
                        ports -> ports.holds()
                                .page(
                                        PRODUCT,
                                        HoldStatus.EXPIRED,
                                        Optional.of(HoldPosition.of(TABLES.active.getFirst())),
                                        LIMIT)),
                reads(
                        "the first page of pending orders",
                        FullTables.PAST,
                        ORDERS,
                        ports -> ports.orders().page(PRODUCT, OrderStatus.PENDING, Optional.empty(), LIMIT)),
                reads(
                        "a page of expired orders",
                        FullTables.PAST,
                        ORDERS,
                        ports -> ports.orders()
                                .page(PRODUCT, OrderStatus.EXPIRED, Optional.of(OrderPosition.of(overdue)), LIMIT)),
                reads(
                        "a page of what operators did to a product",
                        FullTables.PAST,
                        "flashsale_operator_log_of",
                        ports -> ports.operatorLog().page(Optional.of(OF_PRODUCT), Optional.of(19_000L), LIMIT)),
                reads(
                        "a page of the ledger",
                        FullTables.PAST,
                        "flashsale_stock_ledger_by_product",
                        ports -> ports.stocks().ledger(PRODUCT, Optional.of(19_000L), LIMIT)),
                reads(
                        "known keys",
                        IDS,
                        "PRIMARY",
                        ports ->
                                ports.idempotencyKeys().find(Set.of(new ScopedKey("past-1"), new ScopedKey("past-2")))),
                reads(
                        "forget old keys",
                        FullTables.PAST,
                        "PRIMARY flashsale_idempotency_key_by_age",
                        ports -> ports.idempotencyKeys().deleteOlderThan(Duration.ofDays(2), IDS)),
                reads(
                        "count old keys",
                        FullTables.PAST,
                        "flashsale_idempotency_key_by_age",
                        ports -> ports.idempotencyKeys().countOlderThan(Duration.ofDays(2))),
                writes("delete holds", IDS, "PRIMARY", ports -> ports.holds().delete(holds)),
                writes("delete orders", IDS, "PRIMARY", ports -> ports.orders().delete(orders)),
                writes(
                        "delete payments",
                        IDS,
                        "flashsale_payment_once",
                        ports -> ports.payments().delete(payments)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hotStatements")
    void aHotStatementReadsAsLittleOfAFullTableAsOfAnEmptyOne(
            String name, int rows, List<String> keys, Consumer<Ports> work) throws Exception {
        List<Sent> statements = sentBy(work);

        assertThat(statements).as(name).isNotEmpty();
        for (Sent statement : statements) {
            List<Step> plan = explain(statement);
            assertThat(plan).as("%s", statement.sql()).isNotEmpty().allSatisfy(step -> {
                assertThat(step.type()).isNotIn("ALL", "index", "index_merge");
                assertThat(step.key()).isIn(keys);
                assertThat(step.extra()).doesNotContain("filesort", "temporary", "Using join buffer");
                assertThat(step.rows()).isLessThanOrEqualTo(rows);
            });
        }
    }

    /** An estimate does not count a limit, so that here is counted what is read: the same of every page of a full table. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageReadsNoMoreThanItShows(String name, Consumer<Ports> work) throws Exception {
        for (Sent statement : sentBy(work)) {
            assertThat(rowsReadBy(statement))
                    .as("%s", statement.sql())
                    .isPositive()
                    .isLessThanOrEqualTo(2 * PAGE);
        }
    }

    static Stream<Arguments> pages() throws Exception {
        Ports ports = Ports.of(JdbcPorts.on(TABLES.pool));
        List<Arguments> pages = new ArrayList<>();
        for (HoldStatus status : HoldStatus.values()) {
            HoldPosition middle =
                    ports.holds().page(PRODUCT, status, Optional.empty(), 400).lastKey();
            pages.add(page(status + " holds", all -> all.holds().page(PRODUCT, status, Optional.empty(), PAGE)));
            pages.add(page(
                    status + " holds, later", all -> all.holds().page(PRODUCT, status, Optional.of(middle), PAGE)));
        }
        for (OrderStatus status : OrderStatus.values()) {
            SortedMap<OrderPosition, Order> first = ports.orders().page(PRODUCT, status, Optional.empty(), 400);
            if (first.isEmpty()) {
                // The tables are full of what a crowd leaves, not of what operators do by hand.
                continue;
            }
            OrderPosition middle = first.lastKey();
            pages.add(page(status + " orders", all -> all.orders().page(PRODUCT, status, Optional.empty(), PAGE)));
            pages.add(page(
                    status + " orders, later", all -> all.orders().page(PRODUCT, status, Optional.of(middle), PAGE)));
        }
        OrderId number = TABLES.pending.getFirst().id();
        pages.add(page("all orders", all -> all.orders().page(Optional.empty(), PAGE)));
        pages.add(page("all orders, later", all -> all.orders().page(Optional.of(number), PAGE)));
        for (Optional<Long> before : List.of(Optional.<Long>empty(), Optional.of(10_000L))) {
            pages.add(page(
                    "what operators did " + before, all -> all.operatorLog().page(Optional.empty(), before, PAGE)));
            pages.add(page(
                    "what operators did to a product " + before,
                    all -> all.operatorLog().page(Optional.of(OF_PRODUCT), before, PAGE)));
            pages.add(page("a ledger " + before, all -> all.stocks().ledger(PRODUCT, before, PAGE)));
        }
        pages.add(page("products", all -> all.products().page(Optional.empty(), PAGE)));
        return pages.stream();
    }

    private static Arguments page(String name, Function<Ports, Object> work) {
        Consumer<Ports> asked = ports -> assertThat(work.apply(ports)).isNotNull();
        return arguments(name, asked);
    }

    private static long rowsReadBy(Sent statement) throws Exception {
        try (Connection connection = TABLES.pool.getConnection();
                Statement session = connection.createStatement()) {
            session.execute("flush status");
            try (PreparedStatement query = statement.prepare(connection, "");
                    ResultSet rows = query.executeQuery()) {
                assertThat(rows).isNotNull();
            }
            long read = 0;
            try (ResultSet counts = session.executeQuery("show session status like 'Handler_read%'")) {
                while (counts.next()) {
                    read += counts.getLong(2);
                }
            }
            return read;
        }
    }

    /** New orders have numbers that lie together; those of several are sorted, as few as gateways were early. */
    @Test
    void theKeptPaymentsOfAnOrderAreFoundByTheOrder() throws Exception {
        Set<OrderId> orders =
                TABLES.pending.stream().map(Order::id).sorted().limit(3).collect(Collectors.toSet());

        List<Step> plan = explain(
                sentBy(ports -> assertThat(ports.payments().lockKept(orders)).isNotNull())
                        .getFirst());

        assertThat(plan).singleElement().satisfies(step -> {
            assertThat(step.key()).isEqualTo("flashsale_payment_by_order");
            assertThat(step.type()).isIn("range", "ref");
            assertThat(step.rows()).isLessThanOrEqualTo(IDS);
        });
    }

    /** They look at the stock rows, of which there is one for each product, and at the first entry of each in the index. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sweeps")
    void aSweepLooksAtOneEntryOfEachProduct(String key, Consumer<Ports> work) throws Exception {
        List<Step> plan = explain(sentBy(work).getFirst());

        assertThat(plan).hasSize(2);
        assertThat(plan.getFirst().table()).isEqualTo("flashsale_stock");
        assertThat(plan.getFirst().rows()).isLessThanOrEqualTo(60);
        assertThat(plan.getLast().key()).isEqualTo(key);
        assertThat(plan.getLast().type()).isEqualTo("ref");
        assertThat(plan.getLast().extra()).contains("Using index").doesNotContain("filesort", "temporary");
    }

    static Stream<Arguments> sweeps() {
        return Stream.of(
                arguments(HOLDS, sweep(ports -> ports.holds().productsWithExpired(LIMIT))),
                arguments(ORDERS, sweep(ports -> ports.orders().productsWithOverdue(LIMIT))));
    }

    private static Consumer<Ports> sweep(Function<Ports, List<?>> work) {
        return ports -> assertThat(work.apply(ports)).isNotEmpty();
    }

    private static Arguments reads(String name, int rows, String keys, Function<Ports, Object> work) {
        return writes(name, rows, keys, ports -> assertThat(work.apply(ports)).isNotNull());
    }

    private static Arguments writes(String name, int rows, String keys, Consumer<Ports> work) {
        return arguments(name, rows, List.of(keys.split(" ", -1)), work);
    }

    private static <V, K> Set<K> some(List<V> rows, Function<V, K> key) {
        return rows.stream().limit(IDS).map(key).collect(Collectors.toSet());
    }

    /** What the work sends, in a transaction that is undone. */
    private static List<Sent> sentBy(Consumer<Ports> work) {
        return LOG.of(() -> assertThatThrownBy(() -> PORTS.transactions().run(attempt -> {
                    work.accept(PORTS);
                    throw new UnsupportedOperationException("undo");
                }))
                .hasMessage("undo"));
    }

    private static List<Step> explain(Sent statement) throws Exception {
        List<Step> plan = new ArrayList<>();
        try (Connection connection = TABLES.pool.getConnection();
                PreparedStatement explain = statement.prepare(connection, EXPLAIN);
                ResultSet row = explain.executeQuery()) {
            while (row.next()) {
                plan.add(new Step(
                        Objects.requireNonNullElse(row.getString("table"), ""),
                        Objects.requireNonNullElse(row.getString("type"), ""),
                        Objects.requireNonNullElse(row.getString("key"), ""),
                        row.getLong("rows"),
                        Objects.requireNonNullElse(row.getString("Extra"), "")));
            }
            plan.removeIf(step -> step.extra().equals("No tables used"));
            // MySQL's line for the table that an insert … select writes to.
            plan.removeIf(step ->
                    step.type().equals("ALL") && step.rows() == 0 && step.key().isEmpty());
        }
        return plan;
    }
}
