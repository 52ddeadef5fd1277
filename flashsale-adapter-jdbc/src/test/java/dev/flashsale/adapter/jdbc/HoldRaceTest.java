package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything at once on the same few holds: order, release, expire, pay, fail, cancel, webhooks early and twice, other totals. */
@Timeout(120)
class HoldRaceTest {

    private static final int WORKERS = 8;
    private static final int STEPS = 80;
    private static final int PIECES = 25;

    private final List<ProductId> products = List.of(Examples.newProductId(), Examples.newProductId());
    private final Flashsale flashsale = Flashsale.on(
            PORTS,
            Settings.builder()
                    .holdTtl(Duration.ofMillis(150))
                    .paymentDeadline(Duration.ofMillis(200))
                    .expiryBatch(20)
                    .build());
    private final ConcurrentLinkedQueue<HoldId> holds = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<OrderId> orders = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Payment> payments = new ConcurrentLinkedQueue<>();

    /** Its early payments would be applied to the orders of other tests. */
    @AfterEach
    void leaveNothingKept() {
        Settings usual = Settings.defaults();
        Settings impatient = Settings.builder()
                .holdTtl(usual.holdTtl())
                .paymentDeadline(usual.paymentDeadline())
                .expiryBatch(usual.expiryBatch())
                .groupCommit(usual.groupCommit())
                .readMemory(usual.readMemory())
                .soldOutMemory(usual.soldOutMemory())
                .paymentKeep(Duration.ofNanos(1000))
                .build();
        assertThat(Flashsale.on(PORTS, impatient).housekeeping().expireKeptPayments())
                .isNotNegative();
    }

    @Test
    void theBooksBalanceWhateverRaces() throws Exception {
        long seed = System.nanoTime();
        products.forEach(id -> assertThat(flashsale.products().put(Examples.product(id), PIECES))
                .isNotNull());
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            SplittableRandom seeds = new SplittableRandom(seed);
            for (int i = 0; i < WORKERS; i++) {
                SplittableRandom random = seeds.split();
                workers.add(crowd.submit(() -> work(random)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(balance()).as("seed %d", seed).allMatch(Conservation::balanced);
        assertThat(PORTS.audits().audit().orphans())
                .as("seed %d", seed)
                .filteredOn(orphan -> orphan.what().contains("kept although")
                        || orphan.what().contains("ordered")
                        || orphan.what().contains("ledger"))
                .filteredOn(orphan -> concernsUs(orphan.id()))
                .isEmpty();
    }

    private void work(SplittableRandom random) {
        for (int i = 0; i < STEPS; i++) {
            try {
                step(random);
            } catch (Busy contended) {
                assertThat(contended.retryAfter()).isPositive();
            }
        }
    }

    private void step(SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> hold(random);
            case 3 ->
                some(holds, random)
                        .forEach(id -> assertThat(flashsale.holds().release(id)).isNotNull());
            case 4, 5 -> some(holds, random).forEach(this::order);
            case 6 -> some(orders, random).forEach(id -> pay(id, PaymentStatus.SUCCESS));
            case 7 -> some(orders, random).forEach(id -> pay(id, PaymentStatus.FAILED));
            case 8 ->
                some(payments, random)
                        .forEach(payment ->
                                assertThat(flashsale.payments().record(payment)).isNotNull());
            case 9 ->
                assertThat(flashsale.housekeeping().expireHolds()
                                + flashsale.housekeeping().expireOrders())
                        .isNotNegative();
            case 10 ->
                some(orders, random)
                        .forEach(id -> assertThat(
                                        flashsale.operator(Cause.PROGRAM).cancel(id))
                                .isNotNull());
            case 11 ->
                assertThat(flashsale
                                .operator(Cause.PROGRAM)
                                .adjust(products.get(random.nextInt(products.size())), random.nextInt(PIECES)))
                        .isNotNull();
            default -> throw new AssertionError();
        }
    }

    private void hold(SplittableRandom random) {
        ProductId product = products.get(random.nextInt(products.size()));
        HoldId id = flashsale.holds().newId();
        if (flashsale.holds().place(new HoldRequest(id, product, new Quantity(random.nextInt(1, 4))))
                instanceof HoldOutcome.Placed) {
            holds.add(id);
        }
    }

    private void order(HoldId id) {
        if (flashsale.orders().place(id) instanceof OrderOutcome.Placed placed) {
            orders.add(placed.order().id());
            // The next order is likely to get the next number: a webhook that races with its order.
            pay(new OrderId(placed.order().id().value() + 1), PaymentStatus.SUCCESS);
        }
    }

    private void pay(OrderId order, PaymentStatus status) {
        Payment payment = Payment.of(new TransactionId("race-" + Examples.newHoldId()), order, status);
        payments.add(payment);
        assertThat(flashsale.payments().record(payment)).isNotNull();
    }

    private static <T> List<T> some(ConcurrentLinkedQueue<T> queue, SplittableRandom random) {
        List<T> all = new ArrayList<>(queue);
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(Math.max(0, all.size() - 20), all.size())));
    }

    private boolean concernsUs(String id) {
        return products.stream().anyMatch(product -> product.toString().equals(id))
                || holds.stream().anyMatch(hold -> hold.toString().equals(id))
                || orders.stream().anyMatch(order -> order.toString().equals(id))
                || payments.stream()
                        .anyMatch(payment -> payment.transactionId().toString().equals(id));
    }

    private List<Conservation> balance() {
        return PORTS.audits().audit().products().stream()
                .filter(row -> products.contains(row.productId()))
                .map(Objects::requireNonNull)
                .toList();
    }
}
