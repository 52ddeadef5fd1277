package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.StatementLog;
import dev.flashsale.adapter.jdbc.testing.StatementLog.Sent;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key sent many times at once to two nodes; and the same where a key that is taken is no reason to run again. */
@Timeout(120)
class IdempotencyRaceTest {

    private static final int SENDERS = 24;
    private static final int CANARY_ROUNDS = 100;

    private final IdempotencyKey key = Examples.newIdempotencyKey();
    private final HikariDataSource firstPool = TestDatabase.get().newPool(12);
    private final HikariDataSource secondPool = TestDatabase.get().newPool(12);

    @AfterEach
    void close() {
        firstPool.close();
        secondPool.close();
    }

    /** Of one piece, everybody but the first could be told that all is held; of many, could get one of its own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1, 1, 1000, 1000, 1000})
    void aKeySentByManyAtOnceIsOneHoldThatAllOfThemSee(int stock) throws Exception {
        ProductId product = productOnSale(stock);

        List<KeyedOutcome<HoldOutcome>> answers = everywhere(nodes(), node -> hold(node, product, key));

        HoldOutcome first = firsts(answers).getFirst();
        assertThat(firsts(answers)).hasSize(1);
        assertThat(first).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(answers)
                .containsOnly(new KeyedOutcome.First<>(first), new KeyedOutcome.Replayed<>(first))
                .hasSize(SENDERS);
        assertThat(books(product).held()).isEqualTo(1);
    }

    /** The canary: this very test must see what happens without it, or it proves nothing. */
    @Test
    void whereATakenKeyIsNoReasonToRunAgainThereAreSeveralHolds() throws Exception {
        List<Flashsale> careless = List.of(
                node(careless(Ports.of(JdbcPorts.on(firstPool)))), node(careless(Ports.of(JdbcPorts.on(secondPool)))));
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            ProductId product = productOnSale(1000);
            IdempotencyKey fresh = Examples.newIdempotencyKey();
            assertThat(everywhere(careless, node -> hold(node, product, fresh))).hasSize(SENDERS);
            if (books(product).held() > 1) {
                return;
            }
        }
        throw new AssertionError("one hold for each key in " + CANARY_ROUNDS + " rounds all the same");
    }

    @RepeatedTest(3)
    void ofTwoRequestsUnderOneKeyOneIsRefused() throws Exception {
        List<Flashsale> nodes = nodes();
        ProductId one = productOnSale(1000);
        ProductId other = productOnSale(1000);

        List<KeyedOutcome<HoldOutcome>> answers =
                everywhere(nodes, node -> hold(node, node.equals(nodes.getFirst()) ? one : other, key));

        HoldOutcome first = firsts(answers).getFirst();
        assertThat(answers)
                .containsOnly(
                        new KeyedOutcome.First<>(first),
                        new KeyedOutcome.Replayed<>(first),
                        new KeyedOutcome.KeyReused<>(key));
        assertThat(answers.stream().filter(KeyedOutcome.KeyReused.class::isInstance))
                .hasSize(SENDERS / 2);
        assertThat(books(one).held() + books(other).held()).isEqualTo(1);
    }

    @RepeatedTest(3)
    void anOrderSentByManyAtOnceIsCreatedForAllOfThem() throws Exception {
        ProductId product = productOnSale(10);
        HoldId id = Examples.newHoldId();
        assertThat(node(PORTS).holds().place(new HoldRequest(id, product, new Quantity(2))))
                .isInstanceOf(HoldOutcome.Placed.class);

        List<KeyedOutcome<OrderOutcome>> answers =
                everywhere(nodes(), node -> untilAnswered(() -> node.orders().place(id, key)));

        OrderOutcome first = firsts(answers).getFirst();
        assertThat(firsts(answers)).hasSize(1);
        assertThat(first).isInstanceOf(OrderOutcome.Placed.class);
        assertThat(answers).containsOnly(new KeyedOutcome.First<>(first), new KeyedOutcome.Replayed<>(first));
        assertThat(books(product).pending()).isEqualTo(2);
    }

    @Test
    void aRequestWithoutAKeyDoesNotTouchTheKeys() {
        ProductId product = productOnSale(10);
        StatementLog log = new StatementLog(firstPool);
        Flashsale node = node(Ports.of(JdbcPorts.on(log)));
        HoldRequest request = Examples.request(product, 1);

        List<Sent> without = log.of(() -> {
            assertThat(node.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
            assertThat(node.orders().place(request.holdId())).isInstanceOf(OrderOutcome.Placed.class);
        });
        List<Sent> with = log.of(() -> assertThat(hold(node, product, key)).isInstanceOf(KeyedOutcome.First.class));

        assertThat(without).isNotEmpty().noneMatch(IdempotencyRaceTest::touchesTheKeys);
        assertThat(with.stream().filter(IdempotencyRaceTest::touchesTheKeys)).hasSize(2);
    }

    private static boolean touchesTheKeys(Sent statement) {
        return statement.sql().contains("flashsale_idempotency_key");
    }

    private List<Flashsale> nodes() {
        return List.of(node(Ports.of(JdbcPorts.on(firstPool))), node(Ports.of(JdbcPorts.on(secondPool))));
    }

    private static Flashsale node(Ports ports) {
        return Flashsale.on(ports, Settings.defaults());
    }

    private static <A> List<KeyedOutcome<A>> everywhere(
            List<Flashsale> nodes, Function<Flashsale, KeyedOutcome<A>> request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SENDERS);
        List<Callable<KeyedOutcome<A>>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Flashsale node = nodes.get(i % nodes.size());
            senders.add(() -> {
                start.await();
                return request.apply(node);
            });
        }
        List<KeyedOutcome<A>> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<KeyedOutcome<A>> answer : crowd.invokeAll(senders)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    /** Each with a hold id of its own, as over HTTP. */
    private static KeyedOutcome<HoldOutcome> hold(Flashsale node, ProductId product, IdempotencyKey key) {
        return untilAnswered(
                () -> node.holds().place(new HoldRequest(node.holds().newId(), product, new Quantity(1)), key));
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

    private static <A> List<A> firsts(List<KeyedOutcome<A>> answers) {
        List<A> firsts = new ArrayList<>();
        for (KeyedOutcome<A> answer : answers) {
            if (answer instanceof KeyedOutcome.First<A> first) {
                firsts.add(first.outcome());
            }
        }
        return firsts;
    }

    private static ProductId productOnSale(int stock) {
        ProductId product = Examples.newProductId();
        assertThat(node(PORTS).products().put(Examples.product(product), stock)).isNotNull();
        return product;
    }

    private static Conservation books(ProductId product) {
        return PORTS.audits().audit().products().stream()
                .filter(row -> row.productId().equals(product))
                .findFirst()
                .orElseThrow();
    }

    /** The ports, but a key that is taken is passed over. */
    private static Ports careless(Ports ports) {
        IdempotencyKeyRepository careful = ports.idempotencyKeys();
        IdempotencyKeyRepository careless = new IdempotencyKeyRepository() {
            @Override
            public Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys) {
                return careful.find(keys);
            }

            @Override
            public void insert(Collection<KeptOutcome> outcomes) {
                try {
                    careful.insert(outcomes);
                } catch (RuntimeException taken) {
                    assertThat(JdbcErrors.classify(taken)).isEqualTo(Fault.DUPLICATE_KEY);
                }
            }

            @Override
            public int deleteOlderThan(Duration age, int limit) {
                return careful.deleteOlderThan(age, limit);
            }

            @Override
            public List<ScopedKey> page(Optional<ScopedKey> after, int limit) {
                return careful.page(after, limit);
            }

            @Override
            public int delete(Set<ScopedKey> keys) {
                return careful.delete(keys);
            }

            @Override
            public int countOlderThan(Duration age) {
                return careful.countOlderThan(age);
            }
        };
        return new Ports(
                ports.transactions(),
                ports.products(),
                ports.stocks(),
                ports.holds(),
                ports.orders(),
                ports.payments(),
                ports.audits(),
                ports.operatorLog(),
                careless);
    }
}
