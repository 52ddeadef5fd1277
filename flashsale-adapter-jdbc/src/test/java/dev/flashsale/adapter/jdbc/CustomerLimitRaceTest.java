package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One customer at many windows of two nodes at once, with a limit; and the same without the lock of the stock row. */
@Timeout(120)
class CustomerLimitRaceTest {

    private static final int LIMIT = 3;
    private static final int WINDOWS = 24;
    private static final int CANARY_ROUNDS = 100;
    private static final CustomerId CUSTOMER = new CustomerId("one-and-the-same");

    private final HikariDataSource firstPool = TestDatabase.get().newPool(12);
    private final HikariDataSource secondPool = TestDatabase.get().newPool(12);

    @AfterEach
    void close() {
        firstPool.close();
        secondPool.close();
    }

    @RepeatedTest(5)
    void noRaceBeatsTheLimit() throws Exception {
        assertThat(holdEverywhere(Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))))
                .isEqualTo(LIMIT);
    }

    /** The canary: this very test must see what happens without the lock, or it proves nothing. */
    @Test
    void withoutTheLockTheLimitIsBeaten() throws Exception {
        Ports first = Unlocked.stocks(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.stocks(Ports.of(JdbcPorts.on(secondPool)));
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            if (holdEverywhere(first, second) > LIMIT) {
                return;
            }
        }
        throw new AssertionError("the limit held in " + CANARY_ROUNDS + " rounds without the lock");
    }

    @RepeatedTest(3)
    void whoWouldHaveAHoldAgainEverywhereAtOnceHasOne() throws Exception {
        List<Flashsale> nodes = List.of(
                Flashsale.on(JdbcPorts.on(firstPool), Settings.defaults()),
                Flashsale.on(JdbcPorts.on(secondPool), Settings.defaults()));
        ProductId product = Examples.newProductId();
        assertThat(nodes.getFirst().products().put(Examples.product(product), 1000))
                .isNotNull();
        CyclicBarrier start = new CyclicBarrier(WINDOWS);
        List<Callable<HoldId>> windows = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            Flashsale node = nodes.get(i % 2);
            windows.add(() -> {
                start.await();
                return heldAgain(node, product);
            });
        }
        Set<HoldId> held = new HashSet<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HoldId> answer : crowd.invokeAll(windows)) {
                held.add(answer.get());
            }
        }
        assertThat(held).hasSize(1);
        assertThat(books(product).held()).isEqualTo(1);
    }

    private static HoldId heldAgain(Flashsale node, ProductId product) {
        Lines lines = Lines.of(product, new Quantity(1));
        while (true) {
            try {
                return switch (node.holds().place(new HoldRequest(node.holds().newId(), lines, CUSTOMER, true))) {
                    case HoldOutcome.Placed placed -> placed.holdId();
                    case HoldOutcome.AlreadyHeld known -> known.holdId();
                    case HoldOutcome other -> throw new AssertionError(other);
                };
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }

    /** Holds that are over while they are being ordered or extended are the hard part. */
    @Test
    void noHoldOrderExtensionOrExpiryInBetweenBeatsTheLimit() throws Exception {
        Settings shortLived = Settings.builder()
                .holdTtl(Duration.ofMillis(5))
                .paymentDeadline(Duration.ofMillis(20))
                .expiryBatch(20)
                .build()
                .withoutMemory();
        List<Flashsale> nodes = List.of(
                Flashsale.on(Ports.of(JdbcPorts.on(firstPool)), shortLived),
                Flashsale.on(Ports.of(JdbcPorts.on(secondPool)), shortLived));
        ProductId product = productWithLimit(nodes.getFirst());
        List<Callable<Boolean>> windows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Flashsale node = nodes.get(i % 2);
            windows.add(() -> {
                for (int step = 0; step < 60; step++) {
                    somethingWith(node, product);
                    Conservation books = books(product);
                    assertThat(books.balanced()).isTrue();
                    // Of what is held some may be over and not yet returned; what is in an order was held in time.
                    assertThat(books.pending() + books.paid() + books.held()).isLessThanOrEqualTo(LIMIT);
                }
                return true;
            });
        }
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : crowd.invokeAll(windows)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static void somethingWith(Flashsale node, ProductId product) throws InterruptedException {
        try {
            HoldId id = node.holds().newId();
            if (node.holds().place(new HoldRequest(id, product, new Quantity(1), CUSTOMER))
                    instanceof HoldOutcome.Placed) {
                // Spreads the race; nothing waits for it.
                Thread.sleep(ThreadLocalRandom.current().nextInt(6));
                switch (ThreadLocalRandom.current().nextInt(4)) {
                    case 2 -> {
                        Quantity pieces =
                                new Quantity(ThreadLocalRandom.current().nextInt(1, LIMIT + 1));
                        HoldChangeOutcome outcome = node.holds().change(new ChangeRequest(id, pieces));
                        assertThat(outcome).isNotNull();
                    }
                    case 0 -> {
                        ExtendOutcome outcome = node.holds().extend(id);
                        assertThat(outcome).isNotNull();
                    }
                    case 1 -> {
                        OrderOutcome outcome = node.orders().place(id);
                        assertThat(outcome).isNotNull();
                    }
                    default -> assertThat(node.holds().release(id)).isNotNull();
                }
            }
        } catch (Busy contended) {
            assertThat(contended.retryAfter()).isPositive();
        }
    }

    private static long holdEverywhere(Ports first, Ports second) throws Exception {
        List<Flashsale> nodes = List.of(
                Flashsale.on(first, Settings.defaults().withoutMemory()),
                Flashsale.on(second, Settings.defaults().withoutMemory()));
        ProductId product = productWithLimit(nodes.getFirst());
        CyclicBarrier start = new CyclicBarrier(WINDOWS);
        List<Callable<Boolean>> windows = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            Flashsale node = nodes.get(i % 2);
            windows.add(() -> {
                start.await();
                return holdUntilAnswered(node, product);
            });
        }
        long placed = 0;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> answer : crowd.invokeAll(windows)) {
                placed += answer.get() ? 1 : 0;
            }
        }
        assertThat(books(product).held()).isEqualTo(placed);
        return placed;
    }

    private static boolean holdUntilAnswered(Flashsale node, ProductId product) {
        while (true) {
            try {
                return node.holds().place(new HoldRequest(node.holds().newId(), product, new Quantity(1), CUSTOMER))
                        instanceof HoldOutcome.Placed;
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }

    private static ProductId productWithLimit(Flashsale node) {
        ProductId product = Examples.newProductId();
        assertThat(node.products().put(Examples.product(product), 1000, new SaleRules(null, LIMIT, SaleWindow.ALWAYS)))
                .isNotNull();
        return product;
    }

    private static Conservation books(ProductId product) {
        return PORTS.audits().audit().products().stream()
                .filter(row -> row.productId().equals(product))
                .findFirst()
                .orElseThrow();
    }
}
