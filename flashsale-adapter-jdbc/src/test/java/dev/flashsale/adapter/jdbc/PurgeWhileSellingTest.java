package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Purge;
import dev.flashsale.application.Purge.Removed;
import dev.flashsale.application.Purge.Step;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A purge on two nodes, while buyers buy, and while others have rows locked. */
@Timeout(120)
class PurgeWhileSellingTest {

    private static final Duration AGE = Duration.ofDays(30);
    private static final int OF_EACH = 300;
    private static final int BUYERS = 4;

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(12);
    private final Ports ports = Ports.of(JdbcPorts.on(pool));
    private final Flashsale flashsale = Flashsale.on(ports, Settings.defaults());
    private final ProductId product = new ProductId(1);
    private final AtomicBoolean purged = new AtomicBoolean();

    @BeforeEach
    void open() {
        Schema.migrate(pool);
        assertThat(flashsale.products().put(Examples.product(product), 1_000_000))
                .isNotNull();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void twoNodesRemoveEverythingThatIsOverOnceWhileBuyersBuy() throws Exception {
        ended(HoldEnd.RELEASED);
        ended(HoldEnd.EXPIRED);
        List<Order> failed = orders(OrderStatus.FAILED, PaymentEffect.APPLIED);
        orders(OrderStatus.EXPIRED, PaymentEffect.REFUND_REQUIRED);

        int bought = 0;
        Removed removed;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> buyers = Stream.generate(() -> crowd.submit(this::buyUntilPurged))
                    .limit(BUYERS)
                    .toList();
            Future<Removed> otherNode = crowd.submit(() -> purge(37));
            removed = sum(purge(50), otherNode.get());
            purged.set(true);
            for (Future<Integer> buyer : buyers) {
                bought += buyer.get();
            }
        }

        assertThat(removed).isEqualTo(new Removed(3 * OF_EACH, OF_EACH, OF_EACH));
        assertThat(purge(1000)).isEqualTo(Removed.NOTHING);
        assertThat(bought).isPositive();
        assertThat(ports.audits().audit().clean()).isTrue();
        assertThat(ports.audits().audit().products().getFirst().paid()).isEqualTo(bought);
        assertThat(ports.orders().find(Set.of(failed.getFirst().id())).rows()).isEmpty();
    }

    @Test
    void whatSomebodyHasLockedIsPassedOverWithoutWaiting() {
        List<Order> orders = orders(OrderStatus.FAILED, PaymentEffect.APPLIED);
        List<HoldId> released = ended(HoldEnd.RELEASED);

        Removed whileLocked = ports.transactions().run(attempt -> {
            assertThat(ports.holds().lock(Set.of(released.getFirst())).rows()).hasSize(1);
            assertThat(ports.orders().lock(Set.of(orders.get(0).id())).rows()).hasSize(1);
            assertThat(ports.payments()
                            .lock(Set.of(paymentOf(orders.get(1), PaymentEffect.APPLIED)
                                    .transactionId())))
                    .hasSize(1);
            return onAnotherThread(() -> purge(1000));
        });

        assertThat(whileLocked).isEqualTo(new Removed(2 * OF_EACH - 3, OF_EACH - 2, OF_EACH - 2));
        assertThat(purge(1000)).isEqualTo(new Removed(3, 2, 2));
        assertThat(ports.audits().audit().clean()).isTrue();
    }

    /** Answers how many pieces were paid for; everything that is bought today stays. */
    private int buyUntilPurged() {
        int bought = 0;
        do {
            HoldRequest request = new HoldRequest(flashsale.holds().newId(), product, new Quantity(1));
            assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
            OrderOutcome ordered = flashsale.orders().place(request.holdId());
            assertThat(ordered)
                    .isInstanceOfSatisfying(
                            OrderOutcome.Placed.class,
                            placed -> assertThat(flashsale
                                            .payments()
                                            .record(Examples.success(
                                                    placed.order().id())))
                                    .isNotNull());
            bought++;
        } while (!purged.get());
        return bought;
    }

    private Removed purge(int size) {
        Removed removed = Removed.NOTHING;
        Optional<HoldId> next = Optional.empty();
        do {
            Step step = flashsale.housekeeping().purge(new Purge(AGE, size, next, false));
            removed = sum(removed, step.removed());
            next = step.next();
        } while (next.isPresent());
        return removed;
    }

    private static Removed sum(Removed one, Removed other) {
        return new Removed(
                one.holds() + other.holds(), one.orders() + other.orders(), one.payments() + other.payments());
    }

    private List<HoldId> ended(HoldEnd how) {
        return commit(() -> {
            Instant end = longAgo();
            List<ActiveHold> holds = Stream.generate(() -> Examples.hold(product, 1, end))
                    .limit(OF_EACH)
                    .toList();
            ports.holds().insert(holds);
            ports.holds().end(holds.stream().map(hold -> hold.end(how)).toList());
            return holds.stream().map(ActiveHold::id).toList();
        });
    }

    /** Each with one payment, which had that effect. */
    private List<Order> orders(OrderStatus status, PaymentEffect effect) {
        List<HoldId> holds = ended(HoldEnd.ORDERED);
        return commit(() -> {
            Instant placedAt = longAgo().minus(Examples.PAYMENT_DEADLINE);
            List<NewOrder> fresh = ports.holds().find(Set.copyOf(holds)).rows().values().stream()
                    .map(hold -> Examples.newOrder(
                            new ActiveHold(hold.id(), hold.lines(), hold.expiresAt(), null, 0), placedAt))
                    .toList();
            List<Order> orders = ports.orders().insert(fresh).values().stream()
                    .map(order -> order.with(status))
                    .toList();
            ports.orders().save(orders);
            ports.payments()
                    .insert(orders.stream()
                            .map(order -> new RecordedPayment(paymentOf(order, effect), effect, status))
                            .toList());
            return orders;
        });
    }

    private static Payment paymentOf(Order order, PaymentEffect effect) {
        return Payment.of(
                new TransactionId("tx-" + order.id()),
                order.id(),
                effect == PaymentEffect.REFUND_REQUIRED ? PaymentStatus.SUCCESS : PaymentStatus.FAILED);
    }

    private static Instant longAgo() {
        return OnTestDatabase.now().minus(AGE);
    }

    private <T> T commit(Supplier<T> work) {
        return ports.transactions().run(attempt -> work.get());
    }

    private static <T> T onAnotherThread(Callable<T> work) {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            return other.submit(work).get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
