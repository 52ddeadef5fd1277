package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.FullTables.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the database runs every statement that is declared, on tables full of what is over: by the index that is declared,
 * with no table read through and nothing sorted that has an order already, so that more of the past costs no more.
 */
@Timeout(180)
class PlansTest {

    private static final FullTables TABLES = filled();

    /** What is asked for by ids is asked for by that many. */
    private static final int IDS = 20;

    private static final int LIMIT = 500;

    private static final int PAGE = 40;

    /** MariaDB passes over what is meant for a MySQL of that version. */
    private static final String EXPLAIN = "explain /*!80016 format=traditional */ ";

    /** They look at the stock rows, of which there is one for each product, or at the first or last entry of an index. */
    private static final Set<Declaration<?>> BESIDE_AN_INDEX = Set.of(
            JdbcHoldHousekeeping.PRODUCTS_WITH_EXPIRED,
            JdbcHoldHousekeeping.PRODUCTS_WITH_ENDING,
            JdbcEvents.LAST,
            JdbcEvents.PRODUCTS_WITH_OLD,
            JdbcEndpoints.ALL,
            JdbcEndpoints.BEHIND,
            JdbcEndpoints.READ,
            JdbcOrderHousekeeping.PRODUCTS_WITH_OVERDUE,
            JdbcProducts.LOCK_FIRST,
            JdbcProducts.LOCK_LAST);

    /** Sorted, as few as gateways were early. */
    private static final Set<Declaration<?>> SORTED = Set.of(PaymentStatements.LOCK_KEPT);

    private record Step(String table, String type, String key, long rows, String extra) {}

    /**
     * What a statement is tried with.
     *
     * @param rows as many are looked at, by the optimizer's estimate, which knows no limit
     */
    private record Example<T>(Declaration<T> declared, int rows, List<T> arguments) {

        PreparedStatement prepare(Connection connection, String prefix, List<T> some) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(prefix + declared.sql(some.size()));
            declared.bind(some, new Parameters(statement));
            return statement;
        }

        List<Step> plan() throws SQLException {
            List<Step> plan = new ArrayList<>();
            try (Connection connection = TABLES.pool.getConnection();
                    PreparedStatement explain = prepare(connection, EXPLAIN, arguments);
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
                plan.removeIf(step -> step.type().equals("ALL")
                        && step.rows() == 0
                        && step.key().isEmpty());
            }
            return plan;
        }

        @Override
        public String toString() {
            return declared.name;
        }
    }

    private static final Map<Declaration<?>, Example<?>> EXAMPLES = new LinkedHashMap<>();

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <T> void example(Declaration<T> declared, int rows, T... arguments) {
        EXAMPLES.put(declared, new Example<>(declared, rows, List.of(arguments)));
    }

    private static <T> void examples(Declaration<T> declared, List<T> arguments) {
        EXAMPLES.put(declared, new Example<>(declared, IDS, arguments));
    }

    private static FullTables filled() {
        try {
            return new FullTables();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    static {
        List<HoldId> holds = some(TABLES.active, ActiveHold::id);
        List<HoldLine> holdLines = some(TABLES.active, hold -> HoldLine.of(hold).getFirst());
        List<EndedHold> ended = some(TABLES.active, hold -> hold.end(HoldEnd.EXPIRED));
        HoldPosition holdPosition = HoldPosition.of(holdLines.getFirst());
        examples(HoldStatements.LOCK, holds);
        examples(HoldStatements.FIND, holds);
        examples(HoldStatements.LOCK_LINES, lines(holds));
        examples(HoldStatements.LOCK_FREE_LINES, lines(holds));
        examples(HoldStatements.END, ended);
        examples(
                HoldStatements.END_LINES,
                some(ended, hold -> new HoldStatements.LineEnd(HoldEnd.EXPIRED, new Line<>(hold.id(), 1))));
        examples(HoldStatements.EXTEND, some(TABLES.active, hold -> hold));
        examples(HoldStatements.EXTEND_LINES, holdLines);
        examples(HoldStatements.CHANGE_LINE, holdLines.subList(0, 1));
        examples(CustomerHolds.COUNT_FOR_ANOTHER, holdLines.subList(0, 1));
        examples(HoldStatements.DELETE, lines(holds).subList(0, 1));
        examples(CustomerHolds.COUNT_NO_MORE, lines(holds).subList(0, 1));
        examples(CustomerHolds.COUNT_AGAIN, holds);
        for (Query<HoldStatements.OfCustomer, HoldLine> ofCustomers : List.of(
                HoldStatements.OF_CUSTOMERS,
                HoldStatements.OF_CUSTOMERS_OF_ONE_PRODUCT,
                HoldStatements.LOCK_OF_CUSTOMERS,
                HoldStatements.LOCK_OF_CUSTOMERS_OF_ONE_PRODUCT)) {
            example(
                    ofCustomers,
                    IDS,
                    new HoldStatements.OfCustomer(PRODUCT, new CustomerId("c-3")),
                    new HoldStatements.OfCustomer(PRODUCT, new CustomerId("c-4")));
        }
        example(HoldStatements.LOCK_EXPIRED, LIMIT, new HoldStatements.Some(PRODUCT, LIMIT));
        example(HoldStatements.NEXT_EXPIRY, FullTables.NOW, PRODUCT);
        example(HoldStatements.NEXT_COMMITTED_EXPIRY, FullTables.NOW, PRODUCT);
        for (Optional<HoldPosition> after : List.of(Optional.<HoldPosition>empty(), Optional.of(holdPosition))) {
            example(
                    JdbcHoldLists.VALID,
                    FullTables.PAST,
                    new JdbcHoldLists.Page(PRODUCT, HoldStatus.ACTIVE, after, PAGE));
            example(
                    JdbcHoldLists.OVERDUE,
                    FullTables.PAST,
                    new JdbcHoldLists.Page(PRODUCT, HoldStatus.ACTIVE, after, PAGE));
        }
        example(
                JdbcHoldLists.OF_STATUS,
                FullTables.PAST,
                new JdbcHoldLists.Page(PRODUCT, HoldStatus.EXPIRED, Optional.of(holdPosition), PAGE));
        example(JdbcHoldHousekeeping.PRODUCTS_WITH_EXPIRED, 60, LIMIT);
        example(
                JdbcHoldHousekeeping.PRODUCTS_WITH_ENDING,
                60,
                new JdbcHoldHousekeeping.Within(Duration.ofSeconds(30), LIMIT));
        example(
                JdbcHoldHousekeeping.ENDING,
                FullTables.NOW,
                new JdbcHoldHousekeeping.Ending(PRODUCT, Instant.EPOCH, Duration.ofMinutes(11), LIMIT));
        example(
                JdbcHoldHousekeeping.PAGE,
                FullTables.PAST * 2,
                new JdbcHoldHousekeeping.Page(Optional.of(Examples.newHoldId()), PAGE));
        examples(JdbcHoldHousekeeping.LOCK_FREE, holds);
        examples(CustomerHolds.COUNTED, holds);
        examples(CustomerHolds.ALL, holds);
        example(CustomerHolds.OF_ONE, FullTables.PAST, new CustomerHolds.Some(FullTables.CUSTOMER, PAGE));
        List<CustomerHolds.Renamed> renamed = some(
                TABLES.active,
                hold -> new CustomerHolds.Renamed(hold.id(), FullTables.CUSTOMER, new CustomerId("forgotten")));
        examples(CustomerHolds.RENAME_HOLDS, renamed);
        examples(CustomerHolds.RENAME, renamed);
        examples(CustomerHolds.DELETE, lines(holds).subList(0, 1));
        example(
                JdbcHoldLists.OF_CUSTOMER,
                FullTables.PAST,
                new JdbcHoldLists.PageOfCustomer(
                        FullTables.CUSTOMER,
                        false,
                        Optional.of(new CustomersPosition(PRODUCT, Examples.newHoldId())),
                        PAGE));

        List<OrderId> orders = some(TABLES.pending, Order::id);
        List<HoldId> orderedHolds = some(TABLES.pending, Order::holdId);
        OrderPosition orderPosition = OrderPosition.of(OrderLine.of(TABLES.pending.stream()
                        .min(Comparator.comparing(Order::paymentDeadline))
                        .orElseThrow())
                .getFirst());
        examples(OrderStatements.NUMBERS, orderedHolds);
        examples(OrderStatements.LOCK, orders);
        examples(OrderStatements.FIND, orders);
        examples(OrderStatements.LOCK_LINES, lines(orders));
        examples(OrderStatements.LOCK_FREE_LINES, lines(orders));
        examples(OrderStatements.FIND_BY_HOLD, orderedHolds);
        examples(JdbcOrderLists.OF_HOLDS, orderedHolds);
        examples(OrderStatements.LOCK_LINES_BY_HOLD, lines(orderedHolds));
        examples(OrderStatements.LOCK_FREE_LINES_BY_HOLD, lines(orderedHolds));
        examples(OrderStatements.SAVE, some(TABLES.pending, order -> order.with(OrderStatus.PAID)));
        examples(
                OrderStatements.SAVE_LINES,
                some(orders, id -> new OrderStatements.LineStatus(OrderStatus.EXPIRED, new Line<>(id, 1))));
        example(
                OrderStatements.SAVE_DEADLINE,
                1,
                new OrderStatements.LineDeadline(orderPosition.paymentDeadline(), new Line<>(orders.getFirst(), 1)));
        example(OrderStatements.LOCK_OVERDUE, LIMIT, new OrderStatements.Some(PRODUCT, LIMIT));
        example(OrderStatements.NEXT_DEADLINE, FullTables.NOW, PRODUCT);
        example(OrderStatements.NEXT_COMMITTED_DEADLINE, FullTables.NOW, PRODUCT);
        example(
                JdbcOrderLists.OF_ALL,
                FullTables.PAST,
                new JdbcOrderLists.PageOfAll(orders.getFirst().value(), PAGE));
        example(
                JdbcOrderLists.IN_TIME,
                FullTables.PAST,
                new JdbcOrderLists.Page(PRODUCT, OrderStatus.PENDING, Optional.empty(), PAGE));
        example(
                JdbcOrderLists.OVERDUE,
                FullTables.PAST,
                new JdbcOrderLists.Page(PRODUCT, OrderStatus.PENDING, Optional.of(orderPosition), PAGE));
        example(
                JdbcOrderLists.OF_STATUS,
                FullTables.PAST,
                new JdbcOrderLists.Page(PRODUCT, OrderStatus.EXPIRED, Optional.of(orderPosition), PAGE));
        example(JdbcOrderHousekeeping.PRODUCTS_WITH_OVERDUE, 60, LIMIT);
        examples(JdbcOrderHousekeeping.LOCK_FREE, orderedHolds);
        example(OrderStatements.GIVEN_BACK_ALL, IDS, orders.getFirst());
        examples(JdbcOrderHousekeeping.DELETE, lines(orders).subList(0, 1));

        TransactionId known = new TransactionId("past-1");
        TransactionId owed = Ports.of(JdbcPorts.on(TABLES.pool))
                .paymentLists()
                .openRefunds(0, 1)
                .rows()
                .values()
                .iterator()
                .next()
                .payment()
                .payment()
                .transactionId();
        RecordedPayment settled = RecordedPayment.givenUp(TABLES.kept.getFirst());
        List<OrderId> together = orders.stream().sorted().limit(3).toList();
        example(PaymentStatements.LOCK, IDS, known, owed);
        example(PaymentStatements.IDS, IDS, known, owed);
        example(PaymentStatements.LIST_KEPT, IDS, ReportId.ofSuccess(known), ReportId.ofSuccess(owed));
        example(PaymentStatements.LIST_OPEN_REFUNDS, IDS, known, owed);
        example(
                PaymentStatements.LOCK_KEPT,
                IDS,
                new PaymentStatements.Between(together.getFirst(), together.getLast()));
        example(PaymentStatements.LOCK_OF, IDS, orders.getFirst());
        example(PaymentStatements.SETTLE, IDS, settled);
        example(PaymentStatements.KEEP_NO_MORE, IDS, settled.payment().id());
        example(PaymentStatements.REFUND_DONE, IDS, owed);
        example(PaymentStatements.OPEN_REFUNDS, IDS, owed, known);
        example(PaymentStatements.LOCK_OPEN_REFUNDS, IDS, owed, known);
        example(JdbcPaymentLists.OF_ORDERS, IDS, orders.getFirst(), orders.getLast());
        example(JdbcPaymentLists.KEPT, FullTables.PAST, new JdbcPaymentLists.Page(1, PAGE));
        example(JdbcPaymentLists.OPEN_REFUNDS, FullTables.PAST, new JdbcPaymentLists.Page(1, PAGE));
        EXAMPLES.put(JdbcPaymentHousekeeping.COUNTS, new Example<>(JdbcPaymentHousekeeping.COUNTS, 2 * IDS, orders));
        EXAMPLES.put(
                JdbcPaymentHousekeeping.LOCK_FREE, new Example<>(JdbcPaymentHousekeeping.LOCK_FREE, 2 * IDS, orders));
        example(JdbcPaymentHousekeeping.LOCK_KEPT_FOR, 200, new JdbcPaymentHousekeeping.Old(Duration.ofDays(7), LIMIT));
        example(
                JdbcPaymentHousekeeping.KEPT_THOUGH_ORDERED,
                200,
                new JdbcPaymentHousekeeping.Old(Duration.ofMillis(1), LIMIT));
        example(JdbcPaymentHousekeeping.DELETE, IDS, ReportId.ofSuccess(known));
        example(ConflictStatements.OPEN, FullTables.PAST, new JdbcPaymentLists.Page(1, PAGE));
        example(ConflictStatements.RESOLVE, IDS, 1L);

        example(Sql.TIME, 0, "");
        example(StockStatements.LOCK, IDS, PRODUCT);
        example(StockStatements.FIND, IDS, PRODUCT);
        example(StockStatements.FIND_COMMITTED, IDS, PRODUCT);
        example(StockStatements.VIEW, LIMIT, PRODUCT);
        example(StockStatements.SAVE, IDS, new Stock(PRODUCT, 1_000_000, 800_000));
        example(StockStatements.SAVE_RULES, IDS, new StockStatements.RulesOf(PRODUCT, SaleRules.NONE));
        example(StockStatements.LEDGER, FullTables.PAST, new StockStatements.Page(PRODUCT, 10_000, PAGE));
        example(JdbcProducts.FIND, IDS, PRODUCT);
        example(JdbcProducts.FIND_COMMITTED, IDS, PRODUCT);
        example(JdbcProducts.PAGE, 60, new JdbcProducts.Page(1, PAGE));
        example(JdbcProducts.PAGE_OF_SOME, 60, new JdbcProducts.PageOfSome(false, new JdbcProducts.Page(1, PAGE)));
        example(JdbcProducts.LOCK_FIRST, 60, 1);
        example(JdbcProducts.LOCK_LAST, 60, ProductId.LAST_READABLE);
        example(JdbcProducts.UPDATE, IDS, Examples.product(PRODUCT));
        example(
                JdbcOperatorLog.LIKE,
                FullTables.PAST * 2,
                new LogEntry(Instant.EPOCH, new Cause("ann", "broken"), Action.STOCK_ADJUSTED, 1, "10 → 7"));
        example(JdbcOperatorLog.PAGE, FullTables.PAST * 2, new JdbcOperatorLog.Page(0, 10_000, PAGE));
        example(JdbcOperatorLog.PAGE_OF_PRODUCT, FullTables.PAST * 2, new JdbcOperatorLog.Page(1, 10_000, PAGE));
        example(JdbcOperatorLog.PAGE_OF_CUSTOMERS, FullTables.PAST * 2, new JdbcOperatorLog.Page(0, 10_000, PAGE));
        example(JdbcOperatorLog.PAGE_OF_ORDER, FullTables.PAST * 2, new JdbcOperatorLog.Page(1, 10_000, PAGE));
        example(JdbcOperatorLog.PAGE_OF_CONFLICT, FullTables.PAST * 2, new JdbcOperatorLog.Page(1, 10_000, PAGE));
        example(JdbcIdempotencyKeys.FIND, IDS, new ScopedKey("past-1"), new ScopedKey("past-2"));
        example(JdbcIdempotencyKeys.LOCK, IDS, new ScopedKey("past-1"), new ScopedKey("past-2"));
        example(JdbcIdempotencyKeys.COUNT_OLD, FullTables.PAST, Duration.ofDays(2));
        example(JdbcIdempotencyKeys.LOCK_OLD, FullTables.PAST, new JdbcIdempotencyKeys.Old(Duration.ofDays(2), IDS));
        example(JdbcIdempotencyKeys.PAGE, FullTables.PAST * 2, new JdbcIdempotencyKeys.Page("past-1", PAGE));
        example(JdbcIdempotencyKeys.DELETE, IDS, new ScopedKey("past-1"));
        example(JdbcEvents.LAST_OF, IDS, 1L, 2L);
        example(JdbcEvents.LAST, 60, LIMIT);
        example(JdbcEvents.AFTER, FullTables.PAST * 2, new JdbcEvents.After(1, FullTables.PAST - LIMIT, LIMIT));
        example(JdbcEvents.PRODUCTS_WITH_OLD, 60, new JdbcEvents.OfAge(Duration.ofDays(7), LIMIT));
        example(JdbcEvents.OLD, FullTables.PAST * 2, new JdbcEvents.Old(1, Duration.ofDays(7), LIMIT));
        example(JdbcEvents.DELETE, IDS, new JdbcEvents.Numbered(1, 2));
        example(JdbcEvents.ANNOUNCED, IDS, 1L);
        example(JdbcEvents.ANNOUNCE, IDS, new JdbcEvents.Announced(1, Instant.EPOCH));
        endpoints();
        example(JdbcAudits.CONSERVATION, FullTables.PAST, new JdbcAudits.Page(0, LIMIT));
        example(JdbcAudits.CONSERVATION_OF_ONE, FullTables.PAST, PRODUCT);
        example(ExpiringStatements.HOLDS, FullTables.PAST, PRODUCT);
        example(ExpiringStatements.ORDERS, FullTables.PAST, PRODUCT);
        example(JdbcAudits.COUNT_NO_MORE, IDS, holds.getFirst());
        example(JdbcAudits.COUNT, IDS, holds.getFirst());
    }

    private static void endpoints() {
        EndpointId id = new EndpointId(1);
        example(JdbcEndpoints.INSERTED, IDS, "");
        example(JdbcOperatorLog.PAGE_OF_ENDPOINT, FullTables.PAST * 2, new JdbcOperatorLog.Page(1, 10_000, PAGE));
        example(JdbcEndpoints.ALL, 100, LIMIT);
        example(JdbcEndpoints.LOCK, IDS, id);
        example(JdbcEndpoints.DELETE, IDS, id);
        example(JdbcEndpoints.LEASE, IDS, new JdbcEndpoints.Lease(id, "a", Duration.ofMinutes(1)));
        example(JdbcEndpoints.FREE, IDS, new JdbcEndpoints.Lease(id, "a", Duration.ZERO));
        example(JdbcEndpoints.BEHIND, 60, id);
        example(JdbcEndpoints.DELETE_POSITIONS, FullTables.PAST * 2, new EndpointId(4));
        example(JdbcEndpoints.READ, 16, "");
        example(
                JdbcEndpoints.SAVE,
                IDS,
                new Endpoint(
                        id,
                        URI.create("https://shop.example"),
                        Set.of(EventKind.ORDER_PAID),
                        EndpointSecret.parse(FullTables.SECRET),
                        null,
                        null,
                        Instant.EPOCH,
                        null,
                        null));
        example(DeliveryStatements.PAGE, FullTables.PAST * 2, new DeliveryStatements.Before(id, Instant.now(), PAGE));
        example(DeliveryStatements.AGAIN, IDS, new DeliveryStatements.OfEvent(new EndpointId(4), "1-53"));
        example(DeliveryStatements.TO_SEND_AGAIN, FullTables.PAST, new DeliveryStatements.Some(id, LIMIT));
        example(DeliveryStatements.FORGET, FullTables.PAST * 2, new DeliveryStatements.Old(Duration.ofDays(7), LIMIT));
    }

    private static <V, K> List<K> some(List<V> rows, Function<V, K> key) {
        return rows.stream().limit(IDS).map(key).toList();
    }

    private static <K> List<Line<K>> lines(List<K> ids) {
        return ids.stream().map(id -> new Line<>(id, 1)).toList();
    }

    @AfterAll
    static void close() {
        TABLES.pool.close();
    }

    static List<Example<?>> examples() {
        return EXAMPLES.values().stream()
                .filter(example -> !BESIDE_AN_INDEX.contains(example.declared()))
                .toList();
    }

    @Test
    void everyStatementThatReadsByAnIndexIsLookedAt() throws Exception {
        List<Declaration<?>> declared = declared();

        assertThat(declared).hasSizeGreaterThan(80);
        assertThat(declared.stream().map(one -> one.name)).doesNotHaveDuplicates();
        assertThat(declared)
                .filteredOn(one -> !one.indexes.equals(Declaration.SCAN))
                // What only adds rows looks for none.
                .filteredOn(one -> one instanceof Query
                        || !one.sql(1).startsWith("insert")
                        || one.sql(1).contains("select"))
                .hasSameElementsAs(EXAMPLES.keySet());
    }

    /** All statements of this module. */
    private static List<Declaration<?>> declared() throws Exception {
        File classes = Path.of(Declaration.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/flashsale/adapter/jdbc")
                .toFile();
        List<Declaration<?>> declared = new ArrayList<>();
        for (String file : Objects.requireNonNull(classes.list((folder, name) -> name.endsWith(".class")))) {
            Class<?> type = Class.forName("dev.flashsale.adapter.jdbc." + file.replace(".class", ""));
            if (type == PlansTest.class || type.isEnum()) {
                continue;
            }
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                boolean ofType = Modifier.isStatic(field.getModifiers());
                if (ofType && Declaration.class.isAssignableFrom(field.getType())) {
                    declared.add((Declaration<?>) field.get(null));
                } else if (ofType && field.get(null) instanceof List<?> list) {
                    list.stream()
                            .filter(Declaration.class::isInstance)
                            .forEach(one -> declared.add((Declaration<?>) one));
                }
            }
        }
        return declared;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void aStatementReadsAsLittleOfAFullTableAsOfAnEmptyOne(Example<?> example) throws Exception {
        List<String> keys = Arrays.asList(example.declared().indexes.split(" ", -1));

        assertThat(example.plan()).as("%s", example.declared().sql(1)).allSatisfy(step -> {
            assertThat(step.type()).isNotIn("ALL", "index", "index_merge");
            assertThat(step.key()).isIn(keys);
            assertThat(step.extra()).doesNotContain("temporary", "Using join buffer");
            assertThat(step.rows()).isLessThanOrEqualTo(example.rows());
            if (!SORTED.contains(example.declared())) {
                assertThat(step.extra()).doesNotContain("filesort");
            }
        });
    }

    /** They look at the first entry of each product in the index. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sweeps")
    void aSweepLooksAtOneEntryOfEachProduct(Example<?> example) throws Exception {
        List<Step> plan = example.plan();

        assertThat(plan).hasSize(2);
        assertThat(plan.getFirst().table()).isEqualTo("flashsale_stock");
        assertThat(plan.getFirst().rows()).isLessThanOrEqualTo(example.rows());
        assertThat(plan.getLast().key()).isEqualTo(example.declared().indexes);
        assertThat(plan.getLast().type()).isEqualTo("ref");
        assertThat(plan.getLast().extra()).contains("Using index").doesNotContain("filesort", "temporary");
    }

    static Stream<Example<?>> sweeps() {
        return Stream.of(JdbcHoldHousekeeping.PRODUCTS_WITH_EXPIRED, JdbcOrderHousekeeping.PRODUCTS_WITH_OVERDUE)
                .map(EXAMPLES::get);
    }

    /** An estimate does not count a limit, so that here is counted what is read: the same of every page of a full table. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageReadsNoMoreThanItShows(Example<?> example) throws Exception {
        // One more is looked for, and a list that goes by one table's index and shows another's rows reads both.
        assertThat(rowsReadBy(example)).isLessThanOrEqualTo(2 * (PAGE + 2));
    }

    static Stream<Example<?>> pages() {
        Ports ports = Ports.of(JdbcPorts.on(TABLES.pool));
        List<Example<?>> pages = new ArrayList<>();
        for (HoldStatus status : HoldStatus.values()) {
            Optional<HoldPosition> middle = ports.holdLists()
                    .page(PRODUCT, status, Optional.empty(), 400)
                    .next();
            for (Optional<HoldPosition> after : List.of(Optional.<HoldPosition>empty(), middle)) {
                List<Query<JdbcHoldLists.Page, Looked<HoldPosition, HoldLine>>> queries = status == HoldStatus.ACTIVE
                        ? List.of(JdbcHoldLists.VALID, JdbcHoldLists.OVERDUE)
                        : List.of(JdbcHoldLists.OF_STATUS);
                queries.forEach(query -> pages.add(
                        new Example<>(query, PAGE, List.of(new JdbcHoldLists.Page(PRODUCT, status, after, PAGE)))));
            }
        }
        for (OrderStatus status : OrderStatus.values()) {
            Map<OrderPosition, Order> first = ports.orderLists()
                    .page(PRODUCT, status, Optional.empty(), 400)
                    .rows();
            // The tables are full of what a crowd leaves, not of what operators do by hand.
            for (OrderPosition after :
                    List.copyOf(first.keySet()).subList(Math.max(0, first.size() - 1), first.size())) {
                List<Query<JdbcOrderLists.Page, Looked<OrderPosition, OrderLine>>> queries =
                        status == OrderStatus.PENDING
                                ? List.of(JdbcOrderLists.IN_TIME, JdbcOrderLists.OVERDUE)
                                : List.of(JdbcOrderLists.OF_STATUS);
                queries.forEach(query -> Stream.of(Optional.of(after), Optional.<OrderPosition>empty())
                        .forEach(from -> pages.add(new Example<>(
                                query, PAGE, List.of(new JdbcOrderLists.Page(PRODUCT, status, from, PAGE))))));
            }
        }
        EXAMPLES.values().stream()
                .filter(example -> List.of(
                                JdbcOrderLists.OF_ALL,
                                JdbcHoldLists.OF_CUSTOMER,
                                JdbcHoldHousekeeping.PAGE,
                                JdbcOperatorLog.PAGE,
                                JdbcOperatorLog.PAGE_OF_PRODUCT,
                                StockStatements.LEDGER,
                                JdbcProducts.PAGE)
                        .contains(example.declared()))
                .forEach(pages::add);
        return pages.stream();
    }

    private static <T> long rowsReadBy(Example<T> example) throws Exception {
        try (Connection connection = TABLES.pool.getConnection();
                Statement session = connection.createStatement()) {
            session.execute("flush status");
            try (PreparedStatement query = example.prepare(connection, "", example.arguments());
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
}
