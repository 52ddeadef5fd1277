package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pieces vanish from what is available and are put back again and again, while buyers of two nodes buy; and the same
 * without the lock of the stock row.
 */
@Timeout(120)
class RepairRaceTest {

    private static final int TOTAL = 12;
    private static final int BUYERS = 12;
    private static final int REPAIRS = 60;
    private static final int CANARY_ROUNDS = 100;

    private final HikariDataSource pool = TestDatabase.get().newPool(12);
    private final Ports ports = Ports.of(JdbcPorts.on(pool));
    private final List<Flashsale> nodes = List.of(
            Flashsale.on(ports, Settings.defaults().withoutMemory()),
            Flashsale.on(JdbcPorts.on(pool), Settings.defaults().withoutMemory()));

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatIsMendedWhileBuyersBuyAddsUpAndNothingIsOversold() throws Exception {
        Conservation books = breakAndRepair(nodes.getFirst());

        assertThat(books.due()).as("%s", books).isNotNegative();
        assertThat(books.balanced()).as("%s", books).isTrue();
    }

    /** The canary: this very test must see what happens without the lock, or it proves nothing. */
    @Test
    void withoutTheLockItDoesNotAddUp() throws Exception {
        Flashsale unlocked =
                Flashsale.on(Unlocked.stocks(ports), Settings.defaults().withoutMemory());
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            try {
                if (!breakAndRepair(unlocked).balanced()) {
                    return;
                }
            } catch (ExecutionException | RuntimeException | AssertionError brokenBooks) {
                return;
            }
        }
        throw new AssertionError("it added up in " + CANARY_ROUNDS + " rounds without the lock");
    }

    private Conservation breakAndRepair(Flashsale repairing) throws Exception {
        ProductId product = Examples.newProductId();
        assertThat(nodes.getFirst().products().put(Examples.product(product), TOTAL))
                .isNotNull();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> buyers = new ArrayList<>();
            try {
                for (int i = 0; i < BUYERS; i++) {
                    Flashsale node = nodes.get(i % nodes.size());
                    buyers.add(crowd.submit(() -> {
                        while (!over.get()) {
                            buyAndGiveBack(node, product);
                        }
                    }));
                }
                for (int i = 0; i < REPAIRS; i++) {
                    loseOne(product);
                    repair(repairing, product);
                    assertThat(books(product).due()).isNotNegative();
                }
            } finally {
                over.set(true);
            }
            for (Future<?> buyer : buyers) {
                assertThat(buyer.get()).isNull();
            }
        }
        return books(product);
    }

    private static void buyAndGiveBack(Flashsale node, ProductId product) {
        try {
            HoldId id = node.holds().newId();
            int pieces = 1 + ThreadLocalRandom.current().nextInt(3);
            if (!(node.holds().place(new HoldRequest(id, product, new Quantity(pieces)))
                    instanceof HoldOutcome.Placed)) {
                return;
            }
            if (ThreadLocalRandom.current().nextBoolean()) {
                assertThat(node.holds().release(id)).isNotNull();
            } else if (node.orders().place(id) instanceof OrderOutcome.Placed placed) {
                assertThat(node.payments()
                                .record(Examples.failure(placed.order().id())))
                        .isNotNull();
            }
        } catch (Busy contended) {
            assertThat(contended.retryAfter()).isPositive();
        }
    }

    /** Only ever less: whatever is sold beyond the total is the repair's doing. */
    private void loseOne(ProductId product) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update flashsale_stock set available = available - 1 where product_id = ? and available > 0")) {
            update.setLong(1, product.value());
            assertThat(update.executeUpdate()).isNotNegative();
        }
    }

    /** Of this product alone: others of the schema may be under way. */
    private void repair(Flashsale repairing, ProductId product) {
        while (true) {
            try {
                assertThat(repairing.audits().repair(new AuditReport(List.of(wrong(product)), List.of(), List.of())))
                        .hasSize(1);
                return;
            } catch (Busy contended) {
                assertThat(contended.retryAfter()).isPositive();
            }
        }
    }

    private static Conservation wrong(ProductId product) {
        return new Conservation(product, TOTAL, 0, 0, 0, 0);
    }

    private Conservation books(ProductId product) {
        return ports.audits().conservation(product).orElseThrow();
    }
}
