package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was written when each line of a hold had an id of its own. */
@Timeout(120)
class LinesUpgradeTest {

    private static final int PRODUCTS = Lines.MAX;
    private static final int SELLERS = 4;
    private static final CustomerId CUSTOMER = new CustomerId("c-1");
    private static final Instant SOON =
            Instant.now().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.DAYS);

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(SELLERS + 2);
    private final Ports ports = Ports.of(JdbcPorts.on(pool));
    private final Map<HoldId, Hold> holds = new HashMap<>();
    private final Map<HoldId, Order> orders = new HashMap<>();

    @BeforeEach
    void atVersionSeven() {
        Schema.migrate(pool, Migration.all().subList(0, 7));
        Tables tables = new Tables(pool);
        for (int product = 1; product <= PRODUCTS; product++) {
            tables.execute("insert into flashsale_product values (" + product + ", 'x', 10, 'EUR')");
            tables.execute("insert into flashsale_stock (product_id, total, available) values (" + product
                    + ", 1000000, 1000000)");
            tables.execute("insert into flashsale_stock_ledger (product_id, pieces, entered_at, operator, reason)"
                    + " values (" + product + ", 1000000, utc_timestamp(6), 'ann', 'first')");
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private interface Work {
        void with(VersionSeven before) throws SQLException;
    }

    private void commit(Work work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.with(new VersionSeven(connection));
                connection.commit();
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void everyHoldAndOrderIsWholeAndTheSame() {
        for (int products : List.of(1, 2, PRODUCTS)) {
            for (@Nullable CustomerId customer : new @Nullable CustomerId[] {null, CUSTOMER}) {
                hold(products, customer);
                for (HoldEnd how : List.of(HoldEnd.RELEASED, HoldEnd.EXPIRED)) {
                    ActiveHold hold = hold(products, customer);
                    commit(before -> before.end(hold.id(), products, name(how), customer != null));
                    holds.put(hold.id(), hold.end(how));
                }
                for (OrderStatus status : OrderStatus.values()) {
                    order(hold(products, customer), status);
                }
            }
        }

        Schema.migrate(pool);

        assertThat(ports.holds().find(holds.keySet()).rows()).isEqualTo(holds);
        assertThat(ports.orders().findByHold(orders.keySet()).rows()).isEqualTo(orders);
        assertThat(ports.transactions()
                        .run(tx -> tx.holds().lock(holds.keySet()))
                        .rows())
                .isEqualTo(holds);
        assertThat(new Tables(pool).names()).doesNotContain("flashsale_part");
        assertThat(ports.audits().audit()).satisfies(report -> {
            assertThat(report.orphans()).isEmpty();
            assertThat(report.clean()).isTrue();
        });
    }

    private ActiveHold hold(int products, @Nullable CustomerId customer) {
        List<Item> items = LongStream.rangeClosed(1, products)
                .mapToObj(product -> new Item(new ProductId(product), new Quantity(1)))
                .toList();
        ActiveHold hold = new ActiveHold(Examples.newHoldId(), new Lines(items), SOON, customer, 0);
        commit(before -> before.hold(hold.id(), products, SOON, customer));
        holds.put(hold.id(), hold);
        return hold;
    }

    private void order(ActiveHold hold, OrderStatus status) {
        int products = hold.lines().count();
        commit(before -> {
            before.end(hold.id(), products, "ordered", false);
            long number = before.order(hold.id(), products, SOON, SOON);
            if (status != OrderStatus.PENDING) {
                before.save(hold.id(), number, products, name(status));
            }
            orders.put(
                    hold.id(),
                    new Order(
                            new OrderId(number),
                            hold.id(),
                            hold.lines(),
                            new Money(BigDecimal.valueOf(10L * products).setScale(4), Currency.getInstance("EUR")),
                            SOON,
                            SOON,
                            status,
                            Set.of()));
        });
        holds.put(hold.id(), hold.end(HoldEnd.ORDERED));
    }

    private static String name(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** Before, during and after it. */
    @Test
    void whoeverSellsSingleProductsInTheOldWayGoesOnMeanwhile() throws Exception {
        for (int i = 0; i < 200; i++) {
            hold(3, CUSTOMER);
        }
        AtomicBoolean over = new AtomicBoolean();
        Set<HoldId> sold = ConcurrentHashMap.newKeySet();
        try (ExecutorService sellers = Executors.newFixedThreadPool(SELLERS)) {
            List<Future<?>> done = new ArrayList<>();
            IntStream.range(0, SELLERS)
                    .forEach(seller -> done.add(sellers.submit(() -> {
                        while (!over.get()) {
                            sold.add(sellOne());
                        }
                    })));
            await(sold, 20);
            Schema.migrate(pool);
            await(sold, sold.size() + 20);
            over.set(true);
            for (Future<?> seller : done) {
                seller.get();
            }
        }

        assertThat(ports.holds().find(sold).rows()).hasSameSizeAs(sold);
        assertThat(ports.orders().findByHold(sold).rows()).hasSameSizeAs(sold);
        assertThat(ports.holds().find(holds.keySet()).rows()).isEqualTo(holds);
        assertThat(ports.audits().audit()).satisfies(report -> {
            assertThat(report.orphans()).isEmpty();
            assertThat(report.clean()).isTrue();
        });
    }

    private static void await(Set<HoldId> sold, int enough) {
        while (sold.size() < enough) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Each step in a transaction of its own. */
    private HoldId sellOne() {
        HoldId id = Examples.newHoldId();
        long[] number = {0};
        commit(before -> before.hold(id, 1, SOON, CUSTOMER));
        commit(before -> {
            before.end(id, 1, "ordered", true);
            number[0] = before.order(id, 1, SOON, SOON);
        });
        commit(before -> before.save(id, number[0], 1, "paid"));
        return id;
    }

    @Test
    void whoeverSellsSeveralProductsInTheOldWayFailsAfterItAndSpoilsNothing() {
        Schema.migrate(pool);

        assertThatThrownBy(() -> commit(before -> before.hold(Examples.newHoldId(), 2, SOON, null)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ports.holdHousekeeping().page(Optional.empty(), 10).rows()).isEmpty();
        assertThat(ports.audits().audit().clean()).isTrue();
    }
}
