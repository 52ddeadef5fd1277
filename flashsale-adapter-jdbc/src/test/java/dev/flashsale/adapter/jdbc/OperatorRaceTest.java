package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operators change what buyers fight for, through two nodes on one database; and the same without the locks. */
@Timeout(120)
class OperatorRaceTest {

    private static final Cause CAUSE = new Cause("ann", "a race");
    private static final int BUYERS = 16;
    private static final int HOLDS_EACH = 4;
    private static final int OPERATORS = 4;
    private static final int ADJUSTMENTS_EACH = 8;
    private static final int ORDERS = 16;
    private static final int CANARY_ROUNDS = 100;
    private static final Settings SETTINGS = Settings.defaults().withoutMemory();
    private static final Settings SHORT = Settings.builder()
            .holdTtl(Duration.ofMinutes(1))
            .paymentDeadline(Duration.ofMillis(200))
            .expiryBatch(20)
            .build()
            .withoutMemory();

    private final HikariDataSource firstPool = TestDatabase.get().newPool(16);
    private final HikariDataSource secondPool = TestDatabase.get().newPool(16);

    @AfterEach
    void close() {
        firstPool.close();
        secondPool.close();
    }

    @RepeatedTest(3)
    void aTotalThatIsLoweredWhileBuyersHoldStaysTheSumOfItsLedger() throws Exception {
        assertThat(totalsAddUp(Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))))
                .isTrue();
    }

    /** The canary: without the lock of the stock row this very test must fail, or it proves nothing. */
    @Test
    void withoutTheStockLockTotalsGoWrong() throws Exception {
        Ports first = Unlocked.stocks(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.stocks(Ports.of(JdbcPorts.on(secondPool)));
        assertFailsSometimes(() -> totalsAddUp(first, second));
    }

    @RepeatedTest(3)
    void ofCancelPaymentAndExpiryExactlyOneWins() throws Exception {
        assertThat(ofEachOrder(
                        Ports.of(JdbcPorts.on(firstPool)),
                        Ports.of(JdbcPorts.on(secondPool)),
                        OperatorRaceTest::oneWins))
                .isTrue();
    }

    /** The canary: without the lock of the order. */
    @Test
    void withoutTheOrderLockTwoWin() throws Exception {
        Ports first = Unlocked.orders(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.orders(Ports.of(JdbcPorts.on(secondPool)));
        assertFailsSometimes(() -> ofEachOrder(first, second, OperatorRaceTest::oneWins));
    }

    @RepeatedTest(3)
    void anOrderThatIsAcceptedByHandWhileAGatewayReportsASuccessIsPaidOnce() throws Exception {
        assertThat(ofEachOrder(
                        Ports.of(JdbcPorts.on(firstPool)),
                        Ports.of(JdbcPorts.on(secondPool)),
                        OperatorRaceTest::paidOnce))
                .isTrue();
    }

    /** The canary: without the lock of the order. */
    @Test
    void withoutTheOrderLockItIsPaidTwice() throws Exception {
        Ports first = Unlocked.orders(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.orders(Ports.of(JdbcPorts.on(secondPool)));
        assertFailsSometimes(() -> ofEachOrder(first, second, OperatorRaceTest::paidOnce));
    }

    @RepeatedTest(3)
    void anOrderIsExtendedBeforeItExpiresOrNotAtAll() throws Exception {
        assertThat(ofEachOrder(
                        Ports.of(JdbcPorts.on(firstPool)),
                        Ports.of(JdbcPorts.on(secondPool)),
                        OperatorRaceTest::extendedOrExpired))
                .isTrue();
    }

    /** The canary: without the lock of the order. */
    @Test
    void withoutTheOrderLockOneThatExpiredIsExtended() throws Exception {
        Ports first = Unlocked.orders(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.orders(Ports.of(JdbcPorts.on(secondPool)));
        assertFailsSometimes(() -> ofEachOrder(first, second, OperatorRaceTest::extendedOrExpired));
    }

    @RepeatedTest(3)
    void whatIsRetiredWhileBuyersHoldSellsNothingFromThenOn() throws Exception {
        List<Flashsale> nodes = nodes(SETTINGS, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool)));
        ProductId product = productOnSale(nodes, 1_000_000);
        CountDownLatch held = new CountDownLatch(BUYERS * HOLDS_EACH);
        AtomicBoolean retired = new AtomicBoolean();
        List<Callable<Boolean>> crowd = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            Flashsale node = nodes.get(i % 2);
            crowd.add(() -> {
                while (true) {
                    boolean after = retired.get();
                    HoldOutcome outcome = untilAnswered(() ->
                            node.holds().place(new HoldRequest(node.holds().newId(), product, new Quantity(1))));
                    if (after) {
                        return outcome instanceof HoldOutcome.NotOnSale;
                    }
                    held.countDown();
                }
            });
        }
        crowd.add(() -> {
            held.await();
            ProductChange retire = new ProductChange(
                    null, null, null, new Edit.Keep<>(), new Edit.Keep<>(), new Edit.Keep<>(), new Edit.Keep<>(), true);
            assertThat(untilAnswered(() -> nodes.getFirst().operator(CAUSE).change(product, retire)))
                    .isInstanceOf(ChangeOutcome.Changed.class);
            retired.set(true);
            return true;
        });

        assertThat(all(crowd)).containsOnly(true);
        assertThat(books(product).balanced()).isTrue();
    }

    @Test
    void productsThatAreCreatedAtOnceGetNumbersOfTheirOwn() throws Exception {
        List<Flashsale> nodes = nodes(SETTINGS, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool)));
        NewProduct product = new NewProduct("Console", Money.of("10.00", "EUR"), 5, SaleRules.NONE);
        CyclicBarrier start = new CyclicBarrier(12);
        List<Callable<ProductId>> operators = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Flashsale node = nodes.get(i % 2);
            operators.add(() -> {
                start.await();
                return untilAnswered(() -> node.operator(CAUSE).create(product))
                        .product()
                        .id();
            });
        }

        List<ProductId> ids = all(operators);

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(PORTS.products().find(ids)).hasSize(12);
        assertThat(ids).allSatisfy(id -> assertThat(ledgerTotal(id)).isEqualTo(5));
    }

    @Test
    void aProductThatIsCreatedByManyAtOnceUnderOneKeyIsOne() throws Exception {
        List<Flashsale> nodes = nodes(SETTINGS, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool)));
        NewProduct product = new NewProduct("Console", Money.of("10.00", "EUR"), 5, SaleRules.NONE);
        IdempotencyKey key = Examples.newIdempotencyKey();
        CyclicBarrier start = new CyclicBarrier(12);
        List<Callable<KeyedOutcome<ProductView>>> operators = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Flashsale node = nodes.get(i % 2);
            operators.add(() -> {
                start.await();
                return untilAnswered(() -> node.operator(CAUSE).create(product, key));
            });
        }

        List<KeyedOutcome<ProductView>> answers = all(operators);

        KeyedOutcome.First<ProductView> first = answers.stream()
                .filter(KeyedOutcome.First.class::isInstance)
                .map(answer -> (KeyedOutcome.First<ProductView>) answer)
                .reduce((one, other) -> {
                    throw new AssertionError("created twice: " + one + " and " + other);
                })
                .orElseThrow();
        assertThat(answers)
                .filteredOn(answer -> answer != first)
                .hasSize(11)
                .containsOnly(new KeyedOutcome.Replayed<>(first.outcome()));
        assertThat(ledgerTotal(first.outcome().product().id())).isEqualTo(5);
    }

    private static boolean totalsAddUp(Ports first, Ports second) throws Exception {
        List<Flashsale> nodes = nodes(SETTINGS, first, second);
        ProductId product = productOnSale(nodes, 60);
        CyclicBarrier start = new CyclicBarrier(BUYERS + OPERATORS);
        List<Callable<Boolean>> crowd = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            Flashsale node = nodes.get(i % 2);
            crowd.add(() -> {
                start.await();
                for (int hold = 0; hold < HOLDS_EACH; hold++) {
                    HoldOutcome outcome = untilAnswered(() ->
                            node.holds().place(new HoldRequest(node.holds().newId(), product, new Quantity(1))));
                    assertThat(outcome).isNotNull();
                }
                return true;
            });
        }
        for (int i = 0; i < OPERATORS; i++) {
            Flashsale node = nodes.get(i % 2);
            crowd.add(() -> {
                start.await();
                for (int step = 0; step < ADJUSTMENTS_EACH; step++) {
                    int total = ThreadLocalRandom.current().nextInt(20, 60);
                    assertThat(untilAnswered(() -> node.operator(CAUSE).adjust(product, total)))
                            .isNotNull();
                }
                return true;
            });
        }
        assertThat(all(crowd)).hasSize(BUYERS + OPERATORS);
        Conservation books = books(product);
        return books.balanced() && ledgerTotal(product) == books.total();
    }

    /** What is fought for over one order, all at once; whether it ended as it must. */
    private interface OrderRace {
        boolean endsWell(List<Flashsale> nodes, Order order) throws Exception;
    }

    private static boolean ofEachOrder(Ports first, Ports second, OrderRace race) throws Exception {
        List<Flashsale> nodes = nodes(SHORT, first, second);
        ProductId product = productOnSale(nodes, ORDERS);
        List<Callable<Boolean>> races = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            races.add(() -> {
                Order order = ordered(nodes.getFirst(), product);
                // Another test may have sent a webhook for an order with this number before there was one.
                return order.status() != OrderStatus.PENDING || race.endsWell(nodes, order);
            });
        }
        return all(races).stream().allMatch(well -> well) && books(product).balanced();
    }

    /** Each order is cancelled, paid and swept in the same instant, some before their deadline and some after it. */
    private static boolean oneWins(List<Flashsale> nodes, Order order) throws Exception {
        OrderId id = order.id();
        // Spreads the orders over their deadline; nothing waits for it.
        Thread.sleep(ThreadLocalRandom.current().nextInt(300));
        CyclicBarrier start = new CyclicBarrier(3);
        try (ExecutorService rivals = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CancelOutcome> cancel = rivals.submit(() -> {
                start.await();
                return untilAnswered(() -> nodes.getFirst().operator(CAUSE).cancel(id));
            });
            Future<PaymentOutcome> payment = rivals.submit(() -> {
                start.await();
                var success = Examples.success(id);
                return untilAnswered(() -> nodes.getLast().payments().record(success));
            });
            Future<Integer> sweeper = rivals.submit(() -> {
                start.await();
                return untilAnswered(() -> nodes.getLast().housekeeping().expireOrders());
            });
            assertThat(sweeper.get()).isNotNegative();
            boolean cancelled = cancel.get() instanceof CancelOutcome.Cancelled;
            boolean applied = payment.get() instanceof PaymentOutcome.Recorded recorded
                    && recorded.payment().effect() == PaymentEffect.APPLIED;
            OrderStatus status = Objects.requireNonNull(
                            PORTS.orders().find(Set.of(id)).rows().get(id))
                    .status();
            return cancelled != applied && status == (cancelled ? OrderStatus.CANCELLED : OrderStatus.PAID);
        }
    }

    /** Each order is accepted by two operators and paid by a gateway in the same instant, some after their deadline. */
    private static boolean paidOnce(List<Flashsale> nodes, Order order) throws Exception {
        OrderId id = order.id();
        Thread.sleep(ThreadLocalRandom.current().nextInt(300));
        CyclicBarrier start = new CyclicBarrier(4);
        Callable<AcceptOutcome> accept = () -> {
            start.await();
            return untilAnswered(() -> nodes.getFirst().operator(CAUSE).accept(id));
        };
        try (ExecutorService rivals = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AcceptOutcome> one = rivals.submit(accept);
            Future<AcceptOutcome> other = rivals.submit(accept);
            Future<PaymentOutcome> payment = rivals.submit(() -> {
                start.await();
                var success = Examples.success(id);
                return untilAnswered(() -> nodes.getLast().payments().record(success));
            });
            Future<Integer> sweeper = rivals.submit(() -> {
                start.await();
                return untilAnswered(() -> nodes.getLast().housekeeping().expireOrders());
            });
            assertThat(sweeper.get()).isNotNegative();
            boolean accepted = one.get() instanceof AcceptOutcome.Accepted;
            boolean applied = payment.get() instanceof PaymentOutcome.Recorded recorded
                    && recorded.payment().effect() == PaymentEffect.APPLIED;
            Order after = PORTS.orders().find(Set.of(id)).rows().get(id);
            return accepted == other.get() instanceof AcceptOutcome.Accepted
                    && accepted != applied
                    && Objects.requireNonNull(after).status() == OrderStatus.PAID
                    && logged(id).size() == (accepted ? 1 : 0);
        }
    }

    /** Each order is extended twice and swept in the same instant, some before their deadline and some after it. */
    private static boolean extendedOrExpired(List<Flashsale> nodes, Order order) throws Exception {
        OrderId id = order.id();
        Instant later = order.paymentDeadline().plusSeconds(3600);
        // Spreads the orders over the moment of their deadline; nothing waits for it.
        Thread.sleep(SHORT.paymentDeadline().toMillis()
                - 10
                + ThreadLocalRandom.current().nextInt(20));
        CyclicBarrier start = new CyclicBarrier(3);
        Callable<DeadlineOutcome> extend = () -> {
            start.await();
            return untilAnswered(() -> nodes.getFirst().operator(CAUSE).extend(id, later));
        };
        try (ExecutorService rivals = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DeadlineOutcome> one = rivals.submit(extend);
            Future<DeadlineOutcome> other = rivals.submit(extend);
            Future<Integer> sweeper = rivals.submit(() -> {
                start.await();
                return untilAnswered(() -> nodes.getLast().housekeeping().expireOrders());
            });
            assertThat(sweeper.get()).isNotNegative();
            boolean extended =
                    one.get() instanceof DeadlineOutcome.Extended || other.get() instanceof DeadlineOutcome.Extended;
            Order after = Objects.requireNonNull(
                    PORTS.orders().find(Set.of(id)).rows().get(id));
            return after.paymentDeadline().equals(extended ? later : order.paymentDeadline())
                    && (!extended || after.status() == OrderStatus.PENDING)
                    && logged(id).size() == (extended ? 1 : 0);
        }
    }

    private static Collection<LoggedEntry> logged(OrderId id) {
        return PORTS.operatorLog()
                .page(Optional.of(new Subject(Subject.Kind.ORDER, id.value())), Optional.empty(), 10)
                .rows()
                .values();
    }

    private static Order ordered(Flashsale node, ProductId product) {
        HoldRequest request = new HoldRequest(node.holds().newId(), product, new Quantity(1));
        HoldOutcome held = untilAnswered(() -> node.holds().place(request));
        assertThat(held).isInstanceOf(HoldOutcome.Placed.class);
        return switch (untilAnswered(() -> node.orders().place(request.holdId()))) {
            case OrderOutcome.Placed placed -> placed.order();
            case OrderOutcome.AlreadyPlaced placed -> placed.order();
            case OrderOutcome.UnknownHold refused -> throw new AssertionError(refused);
            case OrderOutcome.HoldExpired refused -> throw new AssertionError(refused);
            case OrderOutcome.HoldReleased refused -> throw new AssertionError(refused);
            case OrderOutcome.MixedCurrencies refused -> throw new AssertionError(refused);
        };
    }

    private static void assertFailsSometimes(Callable<Boolean> holds) throws Exception {
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            try {
                if (!holds.call()) {
                    return;
                }
            } catch (ExecutionException constraintOfTheDatabase) {
                return;
            }
        }
        throw new AssertionError("all went well in " + CANARY_ROUNDS + " rounds without the lock");
    }

    private static List<Flashsale> nodes(Settings settings, Ports first, Ports second) {
        return List.of(Flashsale.on(first, settings), Flashsale.on(second, settings));
    }

    private static ProductId productOnSale(List<Flashsale> nodes, int total) {
        ProductId product = Examples.newProductId();
        assertThat(nodes.getFirst().products().put(Examples.product(product), total))
                .isNotNull();
        return product;
    }

    private static <T> T untilAnswered(Supplier<T> request) {
        while (true) {
            try {
                return request.get();
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }

    private static <T> List<T> all(List<Callable<T>> work) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : crowd.invokeAll(work)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static int ledgerTotal(ProductId product) {
        return PORTS.stocks().ledger(product, Optional.empty(), 1000).rows().values().stream()
                .mapToInt(row -> row.change().pieces())
                .sum();
    }

    private static Conservation books(ProductId product) {
        return PORTS.audits().audit().products().stream()
                .filter(row -> row.productId().equals(product))
                .findFirst()
                .orElseThrow();
    }
}
