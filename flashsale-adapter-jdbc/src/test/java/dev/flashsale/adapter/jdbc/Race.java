package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One product, and callers who do things to it at the same moment, each through a node of its own so that nothing but the
 * database is between them. What came of it is read from the database. What a canary leaves there does not add up; no
 * sweeper of another test must come across it, so what it holds does not expire soon.
 */
final class Race {

    /** Races once and looks at what came of it; on the ports as they are, or on worse ones. */
    @FunctionalInterface
    interface Scenario {
        void race(UnaryOperator<Ports> ports) throws Exception;
    }

    private static final int ROUNDS = 12;
    private static final int CANARY_ROUNDS = 100;
    private static final int NODES = 8;

    /** A second pool, as a second machine has it. */
    private static final Ports OTHER_MACHINE =
            Ports.of(JdbcPorts.on(TestDatabase.get().newPool(NODES)));

    final ProductId product = Examples.newProductId();
    private final List<Flashsale> nodes;
    private final Set<HoldId> holds = new ConcurrentSkipListSet<>();

    Race(int total, Settings settings, UnaryOperator<Ports> ports) {
        Ports here = ports.apply(PORTS);
        Ports there = ports.apply(OTHER_MACHINE);
        nodes = IntStream.range(0, NODES)
                .mapToObj(i -> Flashsale.on(i % 2 == 0 ? here : there, settings.withoutMemory()))
                .toList();
        assertThat(put(nodes.getFirst(), total)).isInstanceOf(AdjustOutcome.Adjusted.class);
    }

    static void endsWell(Scenario scenario) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            scenario.race(UnaryOperator.identity());
        }
    }

    /** The canary: the very same race must see what happens without the lock, or it proves nothing. */
    static void endsBadly(Scenario scenario, UnaryOperator<Ports> withoutLock) throws Exception {
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            try {
                scenario.race(withoutLock);
            } catch (AssertionError | ExecutionException seen) {
                return;
            }
        }
        throw new AssertionError("nothing went wrong in " + CANARY_ROUNDS + " rounds without the lock");
    }

    Object put(Flashsale node, int total) {
        return node.products().put(Examples.product(product), total);
    }

    HoldRequest request(int pieces) {
        HoldRequest request = Examples.request(product, pieces);
        holds.add(request.holdId());
        return request;
    }

    HoldId held(int pieces) {
        HoldRequest request = request(pieces);
        assertThat(nodes.getFirst().holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    Order ordered(int pieces) {
        if (!(nodes.getFirst().orders().place(held(pieces)) instanceof OrderOutcome.Placed placed)) {
            throw new AssertionError("not ordered");
        }
        return placed.order();
    }

    /** All at once; whoever is told to come back does. The answers are in the order of the acts. */
    @SafeVarargs
    final List<Object> atOnce(List<Function<Flashsale, Object>>... acts) throws Exception {
        List<Function<Flashsale, Object>> all = new ArrayList<>();
        for (List<Function<Flashsale, Object>> some : acts) {
            all.addAll(some);
        }
        CyclicBarrier start = new CyclicBarrier(all.size());
        List<Callable<Object>> racers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Flashsale node = nodes.get(i % nodes.size());
            Function<Flashsale, Object> act = all.get(i);
            racers.add(() -> {
                start.await();
                return untilAnswered(node, act);
            });
        }
        List<Object> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> answer : crowd.invokeAll(racers)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static Object untilAnswered(Flashsale node, Function<Flashsale, Object> act) {
        while (true) {
            try {
                return act.apply(node);
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }

    static List<Function<Flashsale, Object>> times(int count, Function<Flashsale, Object> act) {
        return Collections.nCopies(count, act);
    }

    /** Buyers of one piece each. */
    List<Function<Flashsale, Object>> buyers(int count) {
        return times(count, node -> node.holds().place(request(1)));
    }

    static List<Function<Flashsale, Object>> sweepers(int count) {
        return times(
                count,
                node -> node.housekeeping().expireHolds() + node.housekeeping().expireOrders());
    }

    static long count(List<Object> answers, Class<?> kind) {
        return answers.stream().filter(kind::isInstance).count();
    }

    static OrderStatus statusOf(Order order) {
        return Objects.requireNonNull(
                        PORTS.orders().find(Set.of(order.id())).rows().get(order.id()))
                .status();
    }

    /** The only report of that transaction. */
    static RecordedPayment stored(TransactionId id) {
        Collection<RecordedPayment> all =
                inTransaction(() -> PORTS.payments().lock(Set.of(id))).values();
        assertThat(all).hasSize(1);
        return all.iterator().next();
    }

    static RecordedPayment stored(ReportId id) {
        return Objects.requireNonNull(inTransaction(() -> PORTS.payments().lock(Set.of(id.transactionId())))
                .get(id));
    }

    /** What is listed of that transaction. */
    static List<ListedConflict> conflicts(TransactionId id) {
        return PORTS.paymentLists().conflicts(0, Integer.MAX_VALUE).rows().values().stream()
                .filter(conflict -> conflict.report().id().transactionId().equals(id))
                .toList();
    }

    Stock stock() {
        return Objects.requireNonNull(
                PORTS.stocks().find(Set.of(product)).rows().get(product));
    }

    Map<HoldId, Hold> holds() {
        return PORTS.holds().find(holds).rows();
    }

    /** Whether the stock says what holds and orders take, whoever did what. */
    void assertBalanced() {
        int held = holds().values().stream()
                .filter(ActiveHold.class::isInstance)
                .map(hold -> hold.lines().first().quantity())
                .mapToInt(Quantity::value)
                .sum();
        int ordered = PORTS.orders().findByHold(holds).rows().values().stream()
                .filter(order -> order.status() == OrderStatus.PENDING || order.status() == OrderStatus.PAID)
                .map(order -> order.lines().first().quantity())
                .mapToInt(Quantity::value)
                .sum();
        assertThat(stock().taken()).as("taken by the stock").isEqualTo(held + ordered);
    }
}
