package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.port.Ports;
import dev.flashsale.application.testing.InMemoryPorts;
import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.testing.InMemoryDatabase;
import dev.flashsale.domain.testing.InMemoryDatabase.ReceivedPayment;
import dev.flashsale.domain.testing.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a sale, in whatever order, it answers and stores what a {@link SaleModel} says. {@code
 * -Dflashsale.sequences=…} tries that many sequences; a failure tells the shortest one that it found, and its seed.
 */
final class StateMachineTest {

    private static final int SEQUENCES = Integer.getInteger("flashsale.sequences", 100_000);
    private static final int CANARY_SEQUENCES = 5_000;
    private static final Duration A_MICROSECOND = Duration.ofNanos(1000);
    private static final Settings SETTINGS =
            new Settings(Command.HOLD_TTL, Command.PAYMENT_DEADLINE, 2).withoutMemory();

    @Test
    void everySequenceOfCommandsDoesWhatTheModelDoes() {
        Seeds.each(SEQUENCES, random -> check(random, UnaryOperator.identity()));
    }

    /** The model knows neither refunds nor the ledger of totals. */
    private static final Set<String> NOT_IN_THE_MODEL = Set.of("refundDone", "addToLedger");

    /** A generator that never gets there would pass as well. */
    @Test
    void everyKindOfAnswerIsGiven() {
        Set<Class<?>> given = new HashSet<>();
        for (int seed = 0; seed < CANARY_SEQUENCES; seed++) {
            Play play = new Play(UnaryOperator.identity());
            some(new SplittableRandom(seed))
                    .forEach(command ->
                            Optional.ofNullable(play.step(command)).ifPresent(answer -> given.add(answer.getClass())));
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(kindsOfAnswers());
    }

    private static List<Class<?>> kindsOfAnswers() {
        return Stream.of(
                        AdjustOutcome.class,
                        HoldOutcome.class,
                        ReleaseOutcome.class,
                        ExtendOutcome.class,
                        OrderOutcome.class,
                        PaymentOutcome.class)
                .<Class<?>>flatMap(outcome -> Stream.of(outcome.getPermittedSubclasses()))
                .flatMap(outcome ->
                        outcome.isSealed() ? Stream.of(outcome.getPermittedSubclasses()) : Stream.of(outcome))
                // The model knows neither refunds nor operators yet.
                .filter(outcome -> outcome != PaymentOutcome.NothingToRefund.class)
                // Here every hold is of one product; those of several are RandomSaleTest's.
                .filter(outcome -> outcome != HoldOutcome.LinesShort.class
                        && outcome != HoldOutcome.MixedCurrencies.class
                        && outcome != OrderOutcome.MixedCurrencies.class)
                .toList();
    }

    /** The canary: a service that forgot to write something must be found, whatever it is. */
    @ParameterizedTest
    @MethodSource("writes")
    void aWriteThatIsForgottenIsFound(Method write) {
        assertThatThrownBy(() -> {
                    for (int seed = 0; seed < CANARY_SEQUENCES; seed++) {
                        check(new SplittableRandom(seed), ports -> forgetting(write, ports));
                    }
                })
                .hasMessageStartingWith("after these commands");
    }

    static Stream<Method> writes() {
        return Stream.of(
                        ProductRepository.class,
                        StockRepository.class,
                        HoldRepository.class,
                        OrderRepository.class,
                        PaymentRepository.class)
                .flatMap(port -> Stream.of(port.getMethods()))
                .filter(method -> method.getReturnType() == void.class)
                .filter(method -> !NOT_IN_THE_MODEL.contains(method.getName()));
    }

    private static Ports forgetting(Method write, Ports ports) {
        return new Ports(
                ports.transactions(),
                forgetting(write, ProductRepository.class, ports.products()),
                forgetting(write, StockRepository.class, ports.stocks()),
                forgetting(write, HoldRepository.class, ports.holds()),
                forgetting(write, OrderRepository.class, ports.orders()),
                forgetting(write, PaymentRepository.class, ports.payments()),
                ports.audits(),
                ports.operatorLog(),
                ports.idempotencyKeys());
    }

    private static <P> P forgetting(Method write, Class<P> port, P real) {
        return write.getDeclaringClass() != port
                ? real
                : port.cast(Proxy.newProxyInstance(
                        port.getClassLoader(), new Class<?>[] {port}, (proxy, called, given) -> {
                            try {
                                return called.equals(write) ? null : called.invoke(real, given);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }

    private static void check(SplittableRandom random, UnaryOperator<Ports> ports) {
        List<Command> commands = some(random);
        if (failure(commands, ports).isPresent()) {
            List<Command> shortest = shortest(commands, ports);
            throw new AssertionError(shortest.stream()
                    .map(Command::toString)
                    .collect(Collectors.joining(
                            "\n  ",
                            "after these commands\n  ",
                            "\n" + failure(shortest, ports).orElseThrow())));
        }
    }

    private static List<Command> some(SplittableRandom random) {
        return Command.some(random, new InMemoryDatabase().now());
    }

    /** What goes wrong, if something does. */
    private static Optional<String> failure(List<Command> commands, UnaryOperator<Ports> ports) {
        try {
            Play play = new Play(ports);
            commands.forEach(play::step);
            return Optional.empty();
        } catch (RuntimeException | AssertionError wrong) {
            return Optional.of(wrong.toString());
        }
    }

    /** Leaves out whatever it fails without. */
    private static List<Command> shortest(List<Command> failing, UnaryOperator<Ports> ports) {
        List<Command> shortest = failing;
        for (int i = 0; i < shortest.size(); ) {
            List<Command> without = new ArrayList<>(shortest);
            without.remove(i);
            if (failure(without, ports).isPresent()) {
                shortest = without;
                i = 0;
            } else {
                i++;
            }
        }
        return shortest;
    }

    /** A sale and its model side by side. */
    private static final class Play {

        private final InMemoryDatabase database = new InMemoryDatabase();
        private final InMemoryTransactions transactions = new InMemoryTransactions(database);
        private final SaleModel model = new SaleModel(database.now());
        private final Flashsale flashsale;

        Play(UnaryOperator<Ports> ports) {
            flashsale = Flashsale.on(ports.apply(InMemoryPorts.on(database, transactions)), SETTINGS);
        }

        @Nullable
        Object step(Command command) {
            Object answer = answer(command);
            model.setNow(database.now());
            compare("the answer", answer, expected(command));
            model.notice(database.holds(), database.orders());
            compare("the stocks", byId(database.stocks(), Stock::productId), model.stocks());
            compare("the holds", byId(database.holds(), Hold::id), model.holds());
            compare("the orders", byId(database.orders(), Order::id), model.orders());
            compare(
                    "the payments",
                    database.payments().stream().map(ReceivedPayment::payment).toList(),
                    model.payments());
            compareViews();
            return answer;
        }

        private void compareViews() {
            model.stocks()
                    .keySet()
                    .forEach(id -> compare("the view", flashsale.viewProduct().view(id), Optional.of(model.view(id))));
            model.holds()
                    .keySet()
                    .forEach(id -> compare("the view", flashsale.viewHold().view(id), Optional.of(model.view(id))));
            model.orders()
                    .keySet()
                    .forEach(id -> compare("the view", flashsale.viewOrder().view(id), Optional.of(model.view(id))));
        }

        private @Nullable Object answer(Command command) {
            return switch (command) {
                case Command.Put put -> flashsale.putProduct().put(put.product(), put.total(), put.rules());
                case Command.Place place -> flashsale.placeHold().place(place.request());
                case Command.Release release -> flashsale.releaseHold().release(release.holdId());
                case Command.Extend extend -> flashsale.extendHold().extend(extend.holdId());
                case Command.Order order -> flashsale.placeOrder().place(order.holdId());
                case Command.Pay pay -> flashsale.recordPayment().record(pay.payment());
                case Command.Expire ignored -> expireAll();
                case Command.Purge purge -> purgeAll(purge.pageSize());
                case Command.Advance advance -> {
                    database.advance(advance.duration());
                    yield null;
                }
                case Command.AdvanceTo to -> {
                    model.moments().stream()
                            .skip(to.moment())
                            .findFirst()
                            .ifPresent(
                                    moment -> database.setNow(to.justBefore() ? moment.minus(A_MICROSECOND) : moment));
                    yield null;
                }
                case Command.Meet meet -> {
                    transactions.meet(meet.fate());
                    Object answer = answer(meet.command());
                    transactions.meet();
                    yield answer;
                }
            };
        }

        private @Nullable Object expected(Command command) {
            return switch (command) {
                case Command.Put put -> model.put(put.product(), put.total(), put.rules());
                case Command.Place place -> model.place(place.request());
                case Command.Release release -> model.release(release.holdId());
                case Command.Extend extend -> model.extend(extend.holdId());
                case Command.Order order -> model.order(order.holdId());
                case Command.Pay pay -> model.pay(pay.payment());
                case Command.Expire ignored -> {
                    model.expire();
                    yield null;
                }
                case Command.Purge ignored -> {
                    model.purge();
                    yield null;
                }
                case Command.Advance ignored -> null;
                case Command.AdvanceTo ignored -> null;
                case Command.Meet meet -> expected(meet.fate(), meet.command());
            };
        }

        private @Nullable Object expected(Fate fate, Command command) {
            if (fate == Fate.ROLLED_BACK && command instanceof Command.Order order) {
                model.rolledBack(order.holdId());
            }
            Object answer = expected(command);
            return fate == Fate.COMMITTED_UNHEARD ? expected(command) : answer;
        }

        private @Nullable Object expireAll() {
            while (flashsale.expireHolds().expire() + flashsale.expireOrders().expire() > 0) {
                // Another batch.
            }
            return null;
        }

        private @Nullable Object purgeAll(int pageSize) {
            Optional<HoldId> next = Optional.empty();
            do {
                next = flashsale
                        .purgeEnded()
                        .purge(new PurgeEnded.Page(Command.PURGE_AGE, pageSize, next, false))
                        .next();
            } while (next.isPresent());
            return null;
        }

        private static <K, V> Map<K, V> byId(List<V> rows, Function<V, K> id) {
            return rows.stream().collect(Collectors.toMap(id, row -> row));
        }

        private static void compare(String what, @Nullable Object is, @Nullable Object expected) {
            if (!Objects.equals(is, expected)) {
                throw new AssertionError(what + " is " + is + "\n  and not " + expected);
            }
        }
    }
}
