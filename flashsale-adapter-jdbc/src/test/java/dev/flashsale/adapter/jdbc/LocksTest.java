package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.inTransaction;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two connections do to each other. The second one is opened by hand, so that it is seen to wait. */
@Timeout(60)
class LocksTest {

    private final ProductId product = Examples.newProductId();
    private Connection other;

    @BeforeEach
    void stockOfTen() throws SQLException {
        inTransaction(() -> {
            PORTS.products().save(List.of(Examples.product(product)));
            PORTS.stocks().insert(List.of(Stock.untouched(product, 10)));
            return product;
        });
        other = TestDatabase.get().connect();
        other.setAutoCommit(false);
        other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    @AfterEach
    void close() throws SQLException {
        other.rollback();
        other.close();
    }

    @Test
    void whoeverLocksAStockSecondWaitsAndSeesWhatTheFirstCommittedAtATimeAfterIt() throws Exception {
        execute("update flashsale_stock set available = 3 where product_id = " + product);

        CompletableFuture<AsOf<ProductId, Stock>> second = CompletableFuture.supplyAsync(
                () -> inTransaction(() -> PORTS.stocks().lock(Set.of(product))));
        awaitLockWait();
        Instant released = now();
        other.commit();

        AsOf<ProductId, Stock> seen = second.get(10, TimeUnit.SECONDS);
        assertThat(Objects.requireNonNull(seen.rows().get(product)).available()).isEqualTo(3);
        assertThat(seen.now()).isAfterOrEqualTo(released);
    }

    @Test
    void aLockedHoldIsReadAtATimeAfterTheWait() throws Exception {
        HoldId id = holdUntil(now().plusSeconds(60));
        execute("select id from flashsale_hold where id = " + literal(id) + " for update");

        CompletableFuture<AsOf<HoldId, Hold>> second = CompletableFuture.supplyAsync(
                () -> inTransaction(() -> PORTS.holds().lock(Set.of(id))));
        awaitLockWait();
        Instant released = now();
        other.rollback();

        assertThat(second.get(10, TimeUnit.SECONDS).now()).isAfterOrEqualTo(released);
    }

    @Test
    void expiredHoldsThatAnotherHasLockedArePassedOver() throws Exception {
        Instant past = now().minusSeconds(60);
        HoldId locked = holdUntil(past);
        HoldId free = holdUntil(past);
        execute("select id from flashsale_hold where id = " + literal(locked) + " for update");

        List<HoldLine> found = inTransaction(() -> PORTS.holds().lockExpired(product, 10));

        assertThat(found).extracting(HoldLine::holdId).containsExactly(free);
    }

    @Test
    void whoeverWaitsTooLongIsToldToComeBackAndHasChangedNothing() throws Exception {
        execute("update flashsale_stock set available = 9 where product_id = " + product);
        HoldId id = Examples.newHoldId();

        try (HikariDataSource impatient = TestDatabase.get().newPool(1)) {
            var ports = Ports.of(JdbcPorts.on(impatient));
            assertThatThrownBy(() -> ports.transactions().run(attempt -> {
                        ports.holds()
                                .insert(List.of(
                                        new ActiveHold(id, Lines.of(product, new Quantity(1)), now(), null, 0)));
                        return ports.stocks().lock(Set.of(product));
                    }))
                    .isInstanceOfSatisfying(
                            Busy.class, busy -> assertThat(busy.retryAfter()).isPositive());
        }

        assertThat(PORTS.holds().find(Set.of(id)).rows()).isEmpty();
    }

    @Test
    void theDatabaseItselfRefusesToOversell() {
        assertThatThrownBy(() -> execute("update flashsale_stock set available = -1 where product_id = " + product))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("flashsale_stock_never_oversold");
        assertThatThrownBy(() -> execute("update flashsale_stock set available = 11 where product_id = " + product))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("flashsale_stock_never_oversold");
    }

    private HoldId holdUntil(Instant expiresAt) {
        ActiveHold hold = new ActiveHold(
                Examples.newHoldId(),
                Lines.of(product, new Quantity(1)),
                expiresAt.truncatedTo(ChronoUnit.MICROS),
                null,
                0);
        return inTransaction(() -> {
            PORTS.holds().insert(List.of(hold));
            Stock stock = Objects.requireNonNull(
                    PORTS.stocks().lock(Set.of(product)).rows().get(product));
            PORTS.stocks().save(List.of(stock.take(hold.lines().first().quantity())));
            return hold.id();
        });
    }

    /**
     * Until the server says that some transaction waits for a lock. It renews what it says only after a tenth of a second
     * in which nobody asked.
     */
    private void awaitLockWait() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (Connection watcher = TestDatabase.get().connect();
                Statement statement = watcher.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (var rows = statement.executeQuery(
                        "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'")) {
                    rows.next();
                    if (rows.getInt(1) > 0) {
                        return;
                    }
                }
                LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
            }
        }
        throw new AssertionError("nobody waits for a lock");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(HoldId id) {
        return "x'" + id.toString().replace("-", "") + "'";
    }
}
