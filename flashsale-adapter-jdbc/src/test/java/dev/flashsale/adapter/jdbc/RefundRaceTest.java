package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Refund;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.Transactions.Work;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Refunds at the same moment as other refunds, late successes, expiry and operators; and the same without the lock of the
 * order. No piece and no payment is lost or given back twice.
 */
@Timeout(180)
class RefundRaceTest {

    private static final int PIECES = 10;
    private static final int EACH = 2;
    private static final int WORKERS = 8;
    private static final int STEPS = 25;
    private static final int CANARY_ROUNDS = 100;

    @RepeatedTest(3)
    void ofManyRefundsOfOneOrderOneIsApplied() throws Exception {
        assertThat(refundAtOnce(PORTS)).isTrue();
    }

    /** The canary: this very test must see what happens without the lock, or it proves nothing. */
    @Test
    void withoutTheLockOfTheOrderItsPiecesReturnTwice() throws Exception {
        assertFailsWithin(CANARY_ROUNDS, () -> refundAtOnce(Unlocked.orders(PORTS)));
    }

    @RepeatedTest(3)
    void ofManyPartsAsManyAreAppliedAsMakeUpTheWhole() throws Exception {
        assertThat(partsAtOnce(PORTS)).isTrue();
    }

    /** The canary. */
    @Test
    void withoutTheLocksOfTheOrderAndItsPaymentsMoreIsGivenBackThanWasPaid() throws Exception {
        assertFailsWithin(CANARY_ROUNDS, () -> partsAtOnce(Unlocked.ordersAndTheirPayments(PORTS)));
    }

    /** Each gives back what one of the pieces cost, with the piece. */
    private static boolean partsAtOnce(Ports ports) throws Exception {
        Flashsale flashsale = Flashsale.on(ports, settings(Duration.ofMinutes(1), Duration.ofDays(7)));
        ProductId product = onSale(flashsale, PIECES);
        Order order = ordered(flashsale, product);
        pay(flashsale, order);
        CyclicBarrier start = new CyclicBarrier(WORKERS);
        List<Callable<Boolean>> refunds = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Flashsale node = Flashsale.on(ports, settings(Duration.ofMinutes(1), Duration.ofDays(7)));
            Payment part = new Payment(
                            Examples.newTransactionId(),
                            order.id(),
                            PaymentStatus.REFUNDED,
                            Examples.PRICE.amount(),
                            Examples.PRICE.currency(),
                            null,
                            true)
                    .ofPieces(List.of(new Item(product, new Quantity(1))));
            refunds.add(() -> {
                start.await();
                return isApplied(untilAnswered(node, part));
            });
        }
        long applied = together(refunds).stream().filter(one -> one).count();
        Stock stock = Objects.requireNonNull(
                PORTS.stocks().find(Set.of(product)).rows().get(product));
        return applied == EACH && isBalanced(product) && stock.available() == PIECES;
    }

    @RepeatedTest(3)
    void noPieceAndNoPaymentIsLostWhateverRaces() throws Exception {
        assertThat(new Race(PORTS, System.nanoTime()).addsUp()).isTrue();
    }

    /** The canary. */
    @Test
    void withoutTheLockOfTheOrderItDoesNotAddUp() throws Exception {
        assertFailsWithin(CANARY_ROUNDS, () -> new Race(Unlocked.orders(PORTS), System.nanoTime()).addsUp());
    }

    /** Whoever locks the payment first decides: the order that needs it, or the sweeper that gives it up. */
    @Test
    void aKeptPaymentIsAppliedOrGivenUpButNotBoth() throws Exception {
        assertThat(orderWhileGivingUp(PORTS, 30)).isTrue();
    }

    /** The canary: the database refuses what the lock prevents. */
    @Test
    void withoutTheLockOfTheKeptPaymentBothWantIt() throws Exception {
        assertFailsWithin(CANARY_ROUNDS, () -> orderWhileGivingUp(withoutKeptLock(PORTS), 10));
    }

    private static boolean orderWhileGivingUp(Ports ports, int rounds) throws Exception {
        Flashsale flashsale = Flashsale.on(ports, settings(Duration.ofMinutes(1), Duration.ofNanos(1000)));
        ProductId product = onSale(flashsale, 1000);
        // What other tests have left waiting is given up first, so that only this payment is fought for.
        while (flashsale.housekeeping().expireKeptPayments() > 0) {
            // Another batch.
        }
        boolean oneOfThem = true;
        for (int round = 0; round < rounds; round++) {
            Order last = ordered(flashsale, product);
            HoldId hold = held(flashsale, product);
            Payment early = Examples.success(new OrderId(last.id().value() + 1));
            assertThat(flashsale.payments().record(early)).isNotNull();
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<OrderOutcome> placed = both.submit(() -> {
                    start.await();
                    return flashsale.orders().place(hold);
                });
                Future<Integer> swept = both.submit(() -> {
                    start.await();
                    return flashsale.housekeeping().expireKeptPayments();
                });
                assertThat(swept.get()).isNotNegative();
                Order order = ((OrderOutcome.Placed) placed.get()).order();
                if (!order.id().equals(early.orderId())) {
                    // Its transaction was run again and got the next number: nothing was fought for in this round.
                    continue;
                }
                boolean owed = openRefunds(flashsale, Set.of(order.id())) == 1;
                oneOfThem &= order.status() == (owed ? OrderStatus.PENDING : OrderStatus.PAID);
            }
        }
        return oneOfThem;
    }

    private static boolean refundAtOnce(Ports ports) throws Exception {
        Flashsale flashsale = Flashsale.on(ports, settings(Duration.ofMinutes(1), Duration.ofDays(7)));
        ProductId product = onSale(flashsale, PIECES);
        Order order = ordered(flashsale, product);
        pay(flashsale, ordered(flashsale, product));
        pay(flashsale, order);
        CyclicBarrier start = new CyclicBarrier(WORKERS);
        List<Callable<Boolean>> refunds = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            // A node for each: on one they would be in a batch together, and so in one transaction.
            Flashsale node = Flashsale.on(ports, settings(Duration.ofMinutes(1), Duration.ofDays(7)));
            refunds.add(() -> {
                start.await();
                return isApplied(untilAnswered(node, Examples.refund(order.id(), true)));
            });
        }
        long applied = 0;
        for (Boolean one : together(refunds)) {
            applied += one ? 1 : 0;
        }
        return applied == 1 && isBalanced(product);
    }

    /** Everything that happens to a few orders with a short time to pay. */
    private static final class Race {

        private final Flashsale flashsale;
        private final ProductId product;
        private final ConcurrentLinkedQueue<OrderId> orders = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Payment> successes = new ConcurrentLinkedQueue<>();
        private final AtomicLong givenBack = new AtomicLong();

        Race(Ports ports, long seed) throws Exception {
            flashsale = Flashsale.on(ports, settings(Duration.ofMillis(40), Duration.ofDays(7)));
            product = onSale(flashsale, PIECES);
            for (int i = 0; i < PIECES / EACH; i++) {
                orders.add(ordered(flashsale, product).id());
            }
            SplittableRandom seeds = new SplittableRandom(seed);
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                SplittableRandom random = seeds.split();
                Flashsale node = Flashsale.on(ports, settings(Duration.ofMillis(40), Duration.ofDays(7)));
                workers.add(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        step(node, random);
                    }
                    return true;
                });
            }
            assertThat(together(workers)).doesNotContain(false);
        }

        private void step(Flashsale node, SplittableRandom random) {
            OrderId order = some(orders, random);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    Payment success = Examples.success(order);
                    successes.add(success);
                    untilAnswered(node, success);
                }
                case 3, 4 -> giveBack(node, Examples.refund(order, random.nextBoolean()));
                case 5 -> {
                    if (!successes.isEmpty()) {
                        giveBack(node, Examples.refundOf(some(successes, random)));
                    }
                }
                case 6 -> untilAnswered(node, Examples.failure(order));
                case 7 -> markDone(node, random);
                default -> {
                    try {
                        assertThat(node.housekeeping().expireOrders()).isNotNegative();
                    } catch (Busy contended) {
                        assertThat(contended.retryAfter()).isPositive();
                    }
                }
            }
        }

        private void giveBack(Flashsale node, Payment refund) {
            if (isApplied(untilAnswered(node, refund))) {
                givenBack.incrementAndGet();
            }
        }

        private void markDone(Flashsale node, SplittableRandom random) {
            if (successes.isEmpty()) {
                return;
            }
            try {
                RefundOutcome outcome = node.operator(Cause.PROGRAM)
                        .refundDone(some(successes, random).transactionId());
                if (outcome instanceof RefundOutcome.Done) {
                    givenBack.incrementAndGet();
                }
            } catch (Busy contended) {
                assertThat(contended.retryAfter()).isPositive();
            }
        }

        /** Every success has paid an order, is to be given back, or was given back, once. */
        boolean addsUp() {
            long paid = PORTS.orders().find(Set.copyOf(orders)).rows().values().stream()
                    .filter(order -> order.status() == OrderStatus.PAID)
                    .count();
            long open = openRefunds(flashsale, orders);
            return isBalanced(product) && successes.size() == paid + open + givenBack.get();
        }
    }

    private static Settings settings(Duration deadline, Duration keep) {
        return Settings.builder()
                .holdTtl(Duration.ofMinutes(1))
                .paymentDeadline(deadline)
                .expiryBatch(20)
                .groupCommit(GroupCommitBounds.defaults())
                .readMemory(Duration.ZERO)
                .soldOutMemory(Duration.ZERO)
                .paymentKeep(keep)
                .build();
    }

    private static ProductId onSale(Flashsale flashsale, int total) {
        ProductId product = Examples.newProductId();
        assertThat(flashsale.products().put(Examples.product(product), total)).isNotNull();
        return product;
    }

    private static HoldId held(Flashsale flashsale, ProductId product) {
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), product, new Quantity(EACH));
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private static Order ordered(Flashsale flashsale, ProductId product) {
        return ((OrderOutcome.Placed) flashsale.orders().place(held(flashsale, product))).order();
    }

    private static void pay(Flashsale flashsale, Order order) {
        assertThat(isApplied(untilAnswered(flashsale, Examples.success(order.id()))))
                .isTrue();
    }

    /** A report is repeated until it is answered, as gateways do; what was done before it was is the first answer. */
    private static PaymentOutcome untilAnswered(Flashsale flashsale, Payment payment) {
        while (true) {
            try {
                return flashsale.payments().record(payment);
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isApplied(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Recorded now -> now.payment().effect() == PaymentEffect.APPLIED;
            case PaymentOutcome.AlreadyRecorded before -> before.payment().effect() == PaymentEffect.APPLIED;
            case PaymentOutcome.Conflict conflict -> throw new AssertionError(conflict);
            case PaymentOutcome.NothingToRefund nothing -> false;
            case PaymentOutcome.NoSuchPieces none -> false;
        };
    }

    private static long openRefunds(Flashsale flashsale, Collection<OrderId> orders) {
        Set<OrderId> ours = new TreeSet<>(orders);
        long open = 0;
        Optional<Long> after = Optional.empty();
        do {
            Page<Refund, Long> page = flashsale.lists().refunds(after, new PageSize(PageSize.MAX));
            for (Refund refund : page.items()) {
                // Other tests leave theirs in the same tables.
                if (ours.contains(refund.payment().orderId())) {
                    assertThat(refund.payment().status()).isEqualTo(PaymentStatus.SUCCESS);
                    open++;
                }
            }
            after = page.next();
        } while (after.isPresent());
        return open;
    }

    private static boolean isBalanced(ProductId product) {
        return PORTS.audits().audit().products().stream()
                .filter(row -> row.productId().equals(product))
                .allMatch(Conservation::balanced);
    }

    private static <T> T some(Collection<T> all, SplittableRandom random) {
        List<T> copy = new ArrayList<>(all);
        return copy.get(random.nextInt(copy.size()));
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : crowd.invokeAll(work)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    /** Pieces that return twice may be more than there are, which is refused with an exception. */
    private static void assertFailsWithin(int rounds, Callable<Boolean> addsUp) throws Exception {
        for (int round = 0; round < rounds; round++) {
            try {
                if (!addsUp.call()) {
                    return;
                }
            } catch (ExecutionException refused) {
                assertThat(refused)
                        .rootCause()
                        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class);
                return;
            }
        }
        throw new AssertionError("it added up in " + rounds + " rounds without the lock");
    }

    /** What has been kept for too long is locked for a moment only, before the transaction that gives it up. */
    private static Ports withoutKeptLock(Ports ports) {
        return Ports.of(proxy(Transactions.class, (method, arguments) -> {
            if (method.getName().startsWith("run")) {
                Work<?> work = (Work<?>) arguments[0];
                Work<?> unlocked = tx -> work.run(withoutKeptLock(tx));
                return method.invoke(ports.transactions(), unlocked);
            }
            return method.invoke(ports.transactions(), arguments);
        }));
    }

    private static Transaction withoutKeptLock(Transaction tx) {
        return proxy(
                Transaction.class,
                (method, arguments) -> method.getName().equals("paymentHousekeeping")
                        ? proxy(
                                PaymentHousekeeping.class,
                                (called, given) -> called.getName().equals("lockKeptFor")
                                        ? inAnotherTransaction(() -> called.invoke(PORTS.paymentHousekeeping(), given))
                                        : called.invoke(tx.paymentHousekeeping(), given))
                        : method.invoke(tx, arguments));
    }

    private interface Call {
        Object to(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.to(method, arguments == null ? new Object[0] : arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    private static Object inAnotherTransaction(Callable<Object> work) throws Exception {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            return other.submit(() -> PORTS.transactions().run(attempt -> {
                        try {
                            return work.call();
                        } catch (Exception failed) {
                            throw new IllegalStateException(failed);
                        }
                    }))
                    .get();
        }
    }
}
