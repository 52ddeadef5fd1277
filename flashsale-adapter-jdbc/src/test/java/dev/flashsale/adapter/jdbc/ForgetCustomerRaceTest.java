package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Customers are forgotten while they hold, order, pay, release and expire. */
@Timeout(120)
class ForgetCustomerRaceTest {

    private static final int CUSTOMERS = 4;
    private static final int LIMIT = 50;
    private static final int BUYERS = 8;
    private static final int STEPS = 60;
    private static final Cause CAUSE = new Cause("operator", "asked for by letter");

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(12);
    private final Tables tables = new Tables(pool);
    private final Flashsale flashsale = Flashsale.on(
            JdbcPorts.on(pool),
            Settings.builder()
                    .holdTtl(Duration.ofMillis(20))
                    .paymentDeadline(Duration.ofMillis(40))
                    .expiryBatch(20)
                    .build()
                    .withoutMemory());
    private final ProductId product = Examples.newProductId();

    @BeforeEach
    void open() {
        Schema.migrate(pool);
        assertThat(flashsale
                        .products()
                        .put(Examples.product(product), 500, new SaleRules(null, LIMIT, SaleWindow.ALWAYS)))
                .isNotNull();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void nothingIsLostAndInTheEndNothingBearsTheirIds() throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            all.add(() -> {
                for (int step = 0; step < STEPS; step++) {
                    patiently(() -> buy(customer(ThreadLocalRandom.current().nextInt(CUSTOMERS))));
                }
                return true;
            });
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            CustomerId customer = customer(i);
            all.add(() -> {
                for (int step = 0; step < STEPS / 4; step++) {
                    patiently(() -> forget(customer));
                    patiently(() -> flashsale.housekeeping().expireHolds());
                    patiently(() -> flashsale.housekeeping().expireOrders());
                }
                return true;
            });
        }
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : crowd.invokeAll(all)) {
                assertThat(done.get()).isTrue();
            }
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            assertThat(forget(customer(i))).isInstanceOf(ForgetOutcome.Forgotten.class);
        }

        for (String ids : List.of(
                "select customer_id from flashsale_hold",
                "select customer_id from flashsale_customer_hold",
                "select id from flashsale_idempotency_key",
                "select concat(operator, reason, difference) from flashsale_operator_log")) {
            assertThat(tables.column(ids, 1)).as(ids).noneMatch(text -> text.contains("buyer-"));
        }
        assertThat(tables.column("select count(*) from flashsale_operator_log where action = 'customer_forgotten'", 1))
                .doesNotContain("0");
        assertThat(tables.column("select count(*) from flashsale_hold where customer_id is null", 1))
                .containsExactly("0");
        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());
    }

    private static CustomerId customer(int number) {
        return new CustomerId("buyer-" + number);
    }

    private ForgetOutcome forget(CustomerId customer) {
        return flashsale.operator(CAUSE).forget(customer);
    }

    private Object buy(CustomerId customer) {
        HoldId id = flashsale.holds().newId();
        HoldRequest request = new HoldRequest(id, product, new Quantity(1), customer);
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            return flashsale
                    .holds()
                    .place(request, new IdempotencyKey(UUID.randomUUID().toString()));
        }
        if (!(flashsale.holds().place(request) instanceof HoldOutcome.Placed)) {
            return id;
        }
        return switch (ThreadLocalRandom.current().nextInt(5)) {
            case 0 -> flashsale.holds().release(id);
            case 1 -> flashsale.holds().extend(id);
            case 2 -> id;
            default -> pay(id);
        };
    }

    private Object pay(HoldId id) {
        if (!(flashsale.orders().place(id) instanceof OrderOutcome.Placed placed)) {
            return id;
        }
        Order order = placed.order();
        return switch (ThreadLocalRandom.current().nextInt(3)) {
            case 0 -> flashsale.payments().record(Examples.success(order.id()));
            case 1 -> {
                Object failed = flashsale.payments().record(Examples.failure(order.id()));
                assertThat(failed).isNotNull();
                yield flashsale.payments().record(Examples.success(order.id()));
            }
            default -> order;
        };
    }

    private static void patiently(Callable<Object> step) throws Exception {
        try {
            assertThat(step.call()).isNotNull();
        } catch (Busy contended) {
            assertThat(contended.retryAfter()).isPositive();
        }
    }
}
