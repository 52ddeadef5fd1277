package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Baskets that overlap, in all orders, through two nodes on one database; and the same without the lock. */
@Timeout(180)
class HoldsOfSeveralProductsRaceTest {

    private static final int PRODUCTS = 4;
    private static final int PIECES = 20;
    private static final int BUYERS = 60;
    private static final int CANARY_ROUNDS = 100;
    private static final Settings IN_BATCHES = settings(256, 4, Duration.ofMinutes(2), Duration.ofMinutes(15));
    private static final Settings ONE_BY_ONE = settings(1, 8, Duration.ofMinutes(2), Duration.ofMinutes(15));

    private final HikariDataSource firstPool = TestDatabase.get().newPool(16);
    private final HikariDataSource secondPool = TestDatabase.get().newPool(16);
    private List<ProductId> products = List.of();
    private final Map<HoldRequest, HoldOutcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();

    @AfterEach
    void close() {
        firstPool.close();
        secondPool.close();
    }

    @RepeatedTest(3)
    void eachBasketIsHeldWholeOrNotAtAllInBatches() throws Exception {
        assertExact(sellOut(IN_BATCHES, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))));
    }

    /** Every basket a transaction, so that their locks meet in all orders. */
    @RepeatedTest(3)
    void eachBasketIsHeldWholeOrNotAtAllOneByOne() throws Exception {
        assertExact(sellOut(ONE_BY_ONE, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))));
    }

    /** The canary: this very test must see what happens without the lock, or it proves nothing. */
    @Test
    void withoutTheLockMoreIsHeldThanThereIs() throws Exception {
        Ports first = Unlocked.stocks(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.stocks(Ports.of(JdbcPorts.on(secondPool)));
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            if (sellOut(ONE_BY_ONE, first, second).stream().anyMatch(books -> !books.balanced())) {
                return;
            }
        }
        throw new AssertionError("everything added up in " + CANARY_ROUNDS + " rounds without the lock");
    }

    @RepeatedTest(3)
    void whateverBuyersAndGatewaysAndSweepersDoEverythingAddsUp() throws Exception {
        Settings brief = settings(64, 4, Duration.ofMillis(150), Duration.ofMillis(300));
        List<Flashsale> nodes = List.of(
                Flashsale.on(Ports.of(JdbcPorts.on(firstPool)), brief),
                Flashsale.on(Ports.of(JdbcPorts.on(secondPool)), brief));
        putOnSale(nodes.getFirst());
        race(BUYERS, buyer -> {
            Random random = new Random(buyer);
            Flashsale node = nodes.get(buyer % 2);
            for (int i = 0; i < 8; i++) {
                unlessBusy(() -> buyOrNot(node, random));
                if (random.nextInt(4) == 0) {
                    unlessBusy(() -> node.housekeeping().expireHolds()
                            + node.housekeeping().expireOrders());
                }
            }
        });

        assertThat(books())
                .allSatisfy(
                        books -> assertThat(books.balanced()).as("%s", books).isTrue());
        assertLinesAreAlike();
        // Until everybody's time is over, and each batch of it is swept.
        while (books().stream().anyMatch(books -> books.held() + books.pending() > 0)) {
            int unused = nodes.getFirst().housekeeping().expireHolds()
                    + nodes.getLast().housekeeping().expireOrders();
        }
        assertThat(books()).allSatisfy(books -> {
            assertThat(books.balanced()).as("%s", books).isTrue();
            assertThat(books.held() + books.pending()).isZero();
        });
        assertLinesAreAlike();
    }

    private Object buyOrNot(Flashsale node, Random random) throws InterruptedException {
        HoldRequest basket = basket(node.holds().newId(), random);
        if (!(placed(node, basket) instanceof HoldOutcome.Placed)) {
            return basket;
        }
        if (random.nextBoolean()) {
            HoldChangeOutcome unused = node.holds()
                    .change(new ChangeRequest(
                            basket.holdId(), basket(basket.holdId(), random).lines()));
        }
        Thread.sleep(random.nextInt(200));
        return switch (random.nextInt(6)) {
            case 0 -> node.holds().release(basket.holdId());
            case 1 -> node.holds().extend(basket.holdId());
            case 2 -> basket;
            default ->
                node.orders().place(basket.holdId()) instanceof OrderOutcome.Placed placed
                        ? report(node, placed.order(), random)
                        : basket;
        };
    }

    private static Object report(Flashsale node, Order order, Random random) throws InterruptedException {
        Thread.sleep(random.nextInt(400));
        if (random.nextInt(5) == 0) {
            return node.operator(Cause.PROGRAM).cancel(order.id());
        }
        Object first = random.nextBoolean()
                ? node.payments().record(Examples.failure(order.id()))
                : node.payments().record(Examples.success(order.id()));
        return switch (random.nextInt(4)) {
            case 0, 1 -> node.payments().record(Examples.success(order.id()));
            case 2 -> node.payments().record(Examples.refund(order.id(), random.nextBoolean()));
            default -> first;
        };
    }

    private void unlessBusy(Callable<?> work) throws Exception {
        try {
            Object unused = work.call();
        } catch (Busy comeBack) {
            busy.incrementAndGet();
        }
    }

    private void assertExact(List<Conservation> books) {
        Map<ProductId, Long> granted = new HashMap<>();
        outcomes.forEach((basket, outcome) -> {
            Integer lines = new JdbcTemplate(firstPool)
                    .queryForObject(
                            "select count(*) from flashsale_hold where id = x'"
                                    + basket.holdId().toString().replace("-", "") + "'",
                            Integer.class);
            if (outcome instanceof HoldOutcome.Placed) {
                assertThat(lines).isEqualTo(basket.lines().count());
                basket.lines()
                        .items()
                        .forEach(item -> granted.merge(
                                item.productId(), (long) item.quantity().value(), Long::sum));
            } else {
                assertThat(lines).isZero();
            }
        });
        assertThat(books).hasSize(PRODUCTS).allSatisfy(row -> {
            assertThat(row.balanced()).as("%s", row).isTrue();
            assertThat(row.held()).isEqualTo(granted.getOrDefault(row.productId(), 0L));
        });
        assertThat(books.stream().mapToLong(Conservation::available).min().orElseThrow())
                .isLessThan(4);
        assertThat(busy).as("waits that ended in a deadlock").hasValueLessThan(BUYERS / 10);
    }

    /** Every order's lines have one status, but for those that are over and wait to be swept. */
    private void assertLinesAreAlike() {
        Instant now = PORTS.orders().find(Set.of()).now();
        for (HoldRequest basket : outcomes.keySet()) {
            List<OrderLine> lines = PORTS.orders().linesOf(Set.of(basket.holdId()));
            assertThat(lines.stream()
                            .map(line -> line.isOverdue(now) ? OrderStatus.EXPIRED : line.status())
                            .distinct()
                            .count())
                    .as("%s", lines)
                    .isLessThanOrEqualTo(1);
            if (!lines.isEmpty()) {
                assertThat(PORTS.holds().find(Set.of(basket.holdId())).rows().values())
                        .allSatisfy(hold -> assertThat(lines)
                                .extracting(OrderLine::item)
                                .containsExactlyElementsOf(hold.lines().items()))
                        .hasSize(1);
            }
        }
    }

    private List<Conservation> sellOut(Settings settings, Ports first, Ports second) throws Exception {
        outcomes.clear();
        List<Flashsale> nodes = List.of(Flashsale.on(first, settings), Flashsale.on(second, settings));
        putOnSale(nodes.getFirst());
        race(BUYERS, buyer -> {
            Random random = new Random(buyer);
            Flashsale node = nodes.get(buyer % 2);
            for (int i = 0; i < 3; i++) {
                HoldRequest basket = basket(node.holds().newId(), random);
                while (!outcomes.containsKey(basket)) {
                    unlessBusy(() -> placed(node, basket));
                }
            }
        });
        return books();
    }

    private HoldOutcome placed(Flashsale node, HoldRequest basket) {
        HoldOutcome outcome = node.holds().place(basket);
        outcomes.put(basket, outcome);
        return outcome;
    }

    private void putOnSale(Flashsale node) {
        products =
                Stream.generate(Examples::newProductId).limit(PRODUCTS).sorted().toList();
        products.forEach(product -> assertThat(node.products().put(Examples.product(product), PIECES))
                .isNotNull());
    }

    @FunctionalInterface
    private interface Buyer {
        void buy(int number) throws Exception;
    }

    private static void race(int count, Buyer buyer) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Callable<Integer>> buyers = IntStream.range(0, count)
                .<Callable<Integer>>mapToObj(number -> () -> {
                    start.await();
                    buyer.buy(number);
                    return number;
                })
                .toList();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : crowd.invokeAll(buyers)) {
                assertThat(done.get()).isNotNull();
            }
        }
    }

    private List<Conservation> books() {
        return PORTS.audits().audit().products().stream()
                .filter(row -> products.contains(row.productId()))
                .toList();
    }

    /** One to all products, in any order. */
    private HoldRequest basket(HoldId id, Random random) {
        List<ProductId> some = new ArrayList<>(products);
        Collections.shuffle(some, random);
        return new HoldRequest(
                id,
                Lines.of(some.subList(0, 1 + random.nextInt(PRODUCTS)).stream()
                        .map(product -> new Item(product, new Quantity(1 + random.nextInt(2))))
                        .toList()),
                null);
    }

    private static Settings settings(int batch, int inFlight, Duration ttl, Duration deadline) {
        return Settings.builder()
                .holdTtl(ttl)
                .paymentDeadline(deadline)
                .expiryBatch(50)
                .groupCommit(new GroupCommitBounds(batch, inFlight, 4096, Duration.ofSeconds(60)))
                .readMemory(Duration.ZERO)
                .soldOutMemory(Duration.ZERO)
                .paymentKeep(Duration.ofDays(7))
                .build();
    }
}
