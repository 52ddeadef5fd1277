package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several nodes sell two products at once while somebody reads what is told behind the last number that he knows: he misses
 * nothing, each product's events are in the order in which they happened, and add up to what is in the database. And the same
 * with numbers that are not locked until the commit.
 */
@Timeout(120)
class EventRaceTest {

    private static final int NODES = 4;
    private static final int BUYERS = 16;
    private static final int STEPS = 20;
    private static final int TOTAL = 100;
    private static final int CANARY_ROUNDS = 100;
    private static final Pattern OF_STOCK = Pattern.compile("\"total\":(\\d+),\"available\":(\\d+)");
    private static final Pattern OF_HOLD = Pattern.compile("\"hold_id\":\"([^\"]+)\"");
    private static final Pattern OF_ORDER = Pattern.compile("\"order_id\":(\\d+),\"reference\":\"([^\"]+)\"");

    @Test
    void whoReadsBehindTheLastNumberMissesNothing() throws Exception {
        assertThat(defect(UnaryOperator.identity())).isEmpty();
    }

    /** The canary: numbers that are given out before the commit, and not in its order. */
    @Test
    void withoutTheLockOfTheNumbersSomethingIsMissed() throws Exception {
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            if (!defect(EventRaceTest::numbersUnlocked).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("nothing was missed in " + CANARY_ROUNDS + " rounds without the lock");
    }

    private static String defect(UnaryOperator<Transactions> door) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        ProductId one = Examples.newProductId();
        ProductId other = Examples.newProductId();
        Settings settings = Settings.builder()
                .keptEvents(EnumSet.allOf(EventKind.class))
                .build()
                .withoutMemory();
        List<Flashsale> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Flashsale.on(door.apply(JdbcPorts.on(OnTestDatabase.POOL)), settings));
        }
        for (ProductId product : List.of(one, other)) {
            assertThat(nodes.getFirst().products().put(Examples.product(product), TOTAL))
                    .isNotNull();
        }
        AtomicBoolean over = new AtomicBoolean();
        List<String> defects = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<KeptEvent>>> readers = List.of(
                    crowd.submit(() -> read(nodes.getFirst(), one, over)),
                    crowd.submit(() -> read(nodes.getFirst(), other, over)));
            List<Callable<Object>> buyers = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                Flashsale node = nodes.get(i % NODES);
                buyers.add(() -> buy(node, one, other, random));
            }
            for (Future<Object> buyer : crowd.invokeAll(buyers)) {
                assertThat(buyer.get()).isNotNull();
            }
            over.set(true);
            for (int i = 0; i < 2; i++) {
                ProductId product = i == 0 ? one : other;
                defects.addAll(wrong(product, readers.get(i).get()));
            }
        }
        return defects.isEmpty() ? "" : "seed " + seed + ": " + defects;
    }

    private static Object buy(Flashsale node, ProductId one, ProductId other, SplittableRandom random) {
        for (int step = 0; step < STEPS; step++) {
            Lines lines = random.nextInt(3) == 0
                    ? Lines.of(List.of(new Item(one, new Quantity(1)), new Item(other, new Quantity(1))))
                    : Lines.of(random.nextBoolean() ? one : other, new Quantity(1 + random.nextInt(2)));
            try {
                HoldId id = Examples.newHoldId();
                if (node.holds().place(new HoldRequest(id, lines, null)) instanceof HoldOutcome.Placed) {
                    end(node, id, random);
                }
            } catch (Busy again) {
                // Another step does instead.
            }
        }
        return node;
    }

    private static void end(Flashsale node, HoldId id, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> assertThat(node.holds().release(id)).isNotNull();
            case 1 -> assertThat(node.holds().extend(id)).isNotNull();
            case 2 -> {
                if (node.orders().place(id) instanceof OrderOutcome.Placed placed) {
                    assertThat(node.payments()
                                    .record(
                                            random.nextBoolean()
                                                    ? Examples.success(
                                                            placed.order().id())
                                                    : Examples.failure(
                                                            placed.order().id())))
                            .isNotNull();
                }
            }
            default -> {}
        }
    }

    private static HoldId holdId(String text) {
        return new HoldId(UUID.fromString(text));
    }

    /** As a relay does. */
    private static List<KeptEvent> read(Flashsale node, ProductId product, AtomicBoolean over) {
        List<KeptEvent> events = new ArrayList<>();
        boolean last;
        do {
            last = over.get();
            List<KeptEvent> some;
            do {
                long known = events.isEmpty() ? 0 : events.getLast().number();
                some = node.events().after(product.value(), known, 100);
                events.addAll(some);
            } while (!some.isEmpty());
        } while (!last);
        return events;
    }

    private static List<String> wrong(ProductId product, List<KeptEvent> read) {
        List<String> wrong = new ArrayList<>();
        long expected = 1;
        int available = -1;
        Map<String, String> holds = new HashMap<>();
        for (KeptEvent event : read) {
            if (event.number() != expected) {
                wrong.add(product + ": " + event.number() + " where " + expected + " was to come");
                return wrong;
            }
            expected++;
            Matcher stock = OF_STOCK.matcher(event.payload());
            if (event.kind() == EventKind.STOCK_CHANGED && stock.find()) {
                available = Integer.parseInt(stock.group(2));
            }
            follow(event, holds, wrong);
        }
        int stored = PORTS.stocks()
                .find(Set.of(product))
                .rows()
                .values()
                .iterator()
                .next()
                .available();
        if (stored != available) {
            wrong.add(product + ": told " + available + " available, there are " + stored);
        }
        TreeMap<String, String> inDatabase = new TreeMap<>();
        Set<HoldId> ids = holds.keySet().stream().map(EventRaceTest::holdId).collect(Collectors.toSet());
        PORTS.holds()
                .find(ids)
                .rows()
                .forEach((id, hold) -> inDatabase.put(
                        id.toString(), hold.statusAt(Instant.EPOCH).name()));
        Map<HoldId, Order> orders = PORTS.orders().findByHold(ids).rows();
        holds.forEach((id, told) -> {
            Order order = orders.get(holdId(id));
            String is = order == null ? inDatabase.get(id) : "order " + order.status();
            if (!told.equals(is)) {
                wrong.add(id + " is told to be " + told + " and is " + is);
            }
        });
        return wrong;
    }

    /** What its events say that a hold has become; each must fit to what was told before it. */
    private static void follow(KeptEvent event, Map<String, String> holds, List<String> wrong) {
        Matcher hold = OF_HOLD.matcher(event.payload());
        Matcher order = OF_ORDER.matcher(event.payload());
        switch (event.kind()) {
            case HOLD_PLACED -> change(hold, null, "ACTIVE", holds, wrong);
            case HOLD_CHANGED -> change(hold, "ACTIVE", "ACTIVE", holds, wrong);
            case HOLD_RELEASED -> change(hold, "ACTIVE", "RELEASED", holds, wrong);
            case ORDER_PLACED -> changeOrder(order, "ACTIVE", "order PENDING", holds, wrong);
            case ORDER_PAID -> changeOrder(order, "order PENDING", "order PAID", holds, wrong);
            case ORDER_FAILED -> changeOrder(order, "order PENDING", "order FAILED", holds, wrong);
            case STOCK_CHANGED, SOLD_OUT -> {}
            default -> wrong.add("nobody did that: " + event);
        }
    }

    private static void change(
            Matcher of, @Nullable String before, String after, Map<String, String> holds, List<String> wrong) {
        if (!of.find() || !Objects.equals(holds.put(of.group(1), after), before)) {
            wrong.add("not before " + after + ": " + before);
        }
    }

    private static void changeOrder(
            Matcher of, String before, String after, Map<String, String> holds, List<String> wrong) {
        if (!of.find() || !before.equals(holds.put(of.group(2), after))) {
            wrong.add("not before " + after + ": " + before);
        }
    }

    /** Numbers are taken in a transaction of their own. */
    private static Transactions numbersUnlocked(Transactions all) {
        return proxy(Transactions.class, all, (name, answer) -> answer, given -> {
            for (int i = 0; given != null && i < given.length; i++) {
                if (given[i] instanceof Transactions.Work<?> work) {
                    Transactions.Work<Object> with = tx -> work.run(proxy(
                            Transaction.class,
                            tx,
                            (name, answer) -> answer instanceof EventRepository events
                                    ? (EventRepository) Proxy.newProxyInstance(
                                            EventRepository.class.getClassLoader(),
                                            new Class<?>[] {EventRepository.class},
                                            (proxy, called, args) -> called.getName()
                                                            .equals("take")
                                                    ? all.runAlone(alone -> called(called, alone.events(), args))
                                                    : called(called, events, args))
                                    : answer,
                            args -> {}));
                    given[i] = with;
                }
            }
        });
    }

    private interface Answer {
        Object of(String name, Object answer);
    }

    private interface Given {
        void change(Object[] given);
    }

    private static <T> T proxy(Class<T> type, T all, Answer answer, Given change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
                    change.change(given);
                    return answer.of(called.getName(), called(called, all, given));
                }));
    }

    private static Object called(Method method, Object on, Object[] given) {
        try {
            return method.invoke(on, given);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(thrown.getCause());
        } catch (IllegalAccessException defect) {
            throw new AssertionError(defect);
        }
    }
}
