package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.testing.InMemoryDatabase;
import dev.flashsale.domain.testing.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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

    private static final int SEQUENCES = Integer.getInteger("flashsale.sequences", 50_000);
    private static final int CANARY_SEQUENCES = 10_000;
    private static final int SEQUENCES_TO_FIND_IT = 100_000;

    /** What is said of a product, of what does not exist, or in place of which something else is said of several. */
    private static final Set<Class<?>> OF_NO_OR_ONE_PRODUCT = Set.of(
            AdjustOutcome.UnknownProduct.class,
            AdjustOutcome.BelowTaken.class,
            AdjustOutcome.Adjusted.class,
            PutOutcome.CurrencyIsFixed.class,
            ChangeOutcome.UnknownProduct.class,
            ChangeOutcome.CurrencyIsFixed.class,
            ChangeOutcome.InvalidPrice.class,
            ChangeOutcome.InvalidWindow.class,
            ChangeOutcome.Changed.class,
            HoldOutcome.InsufficientStock.class,
            HoldOutcome.AllHeld.class,
            HoldOutcome.SoldOut.class,
            ReleaseOutcome.UnknownHold.class,
            ExtendOutcome.UnknownHold.class,
            HoldChangeOutcome.UnknownHold.class,
            OrderOutcome.UnknownHold.class,
            CancelOutcome.UnknownOrder.class,
            DeadlineOutcome.UnknownOrder.class,
            AcceptOutcome.UnknownOrder.class,
            RefundOutcome.UnknownPayment.class);

    @Test
    void everySequenceOfCommandsDoesWhatTheModelDoes() {
        Seeds.each(SEQUENCES, random -> check(random, UnaryOperator.identity()));
    }

    /** A generator that never gets there would pass as well. */
    @Test
    void everyKindOfAnswerIsGiven() {
        Set<Class<?>> given = new HashSet<>();
        Set<Class<?>> ofSeveralProducts = new HashSet<>();
        Set<Set<Enum<?>>> lines = new HashSet<>();
        Set<RefundReason> why = EnumSet.noneOf(RefundReason.class);
        for (int seed = 0; seed < CANARY_SEQUENCES; seed++) {
            ModelComparison comparison = new ModelComparison(UnaryOperator.identity());
            for (Command command : some(new SplittableRandom(seed))) {
                List<Class<?>> answer = kinds(comparison.step(command)).toList();
                given.addAll(answer);
                if (comparison.isOfSeveralProducts(command)) {
                    ofSeveralProducts.addAll(answer);
                }
                lines.addAll(comparison.statusesOfSeveralLines());
                comparison.refunds().forEach(refund -> why.add(refund.why()));
            }
        }
        assertThat(given).containsAll(kindsOfAnswers().toList());
        assertThat(ofSeveralProducts)
                .containsAll(kindsOfAnswers()
                        .filter(outcome -> !OF_NO_OR_ONE_PRODUCT.contains(outcome))
                        .toList());
        assertThat(lines).containsExactlyInAnyOrderElementsOf(kindsOfLines());
        assertThat(why).containsExactly(RefundReason.values());
    }

    private static Stream<Class<?>> kinds(@Nullable Object answer) {
        return switch (answer) {
            case null -> Stream.empty();
            case Optional<?> some -> some.stream().flatMap(StateMachineTest::kinds);
            case KeyedOutcome.First<?> first -> Stream.concat(Stream.of(first.getClass()), kinds(first.outcome()));
            default -> Stream.of(answer.getClass());
        };
    }

    /** All lines of a hold or an order are the same, but for those that have expired while others have not yet. */
    private static Set<Set<Enum<?>>> kindsOfLines() {
        Set<Set<Enum<?>>> kinds = new HashSet<>();
        Stream.of(HoldStatus.values()).forEach(status -> kinds.add(Set.of(status)));
        Stream.of(OrderStatus.values()).forEach(status -> kinds.add(Set.of(status)));
        kinds.add(Set.of(HoldStatus.ACTIVE, HoldStatus.EXPIRED));
        kinds.add(Set.of(OrderStatus.PENDING, OrderStatus.EXPIRED));
        return kinds;
    }

    /** A product keeps its currency, so that prices of a hold that differ in it are left to rows that somebody wrote by hand. */
    private static Stream<Class<?>> kindsOfAnswers() {
        return Stream.of(
                        AdjustOutcome.class,
                        PutOutcome.class,
                        ChangeOutcome.class,
                        HoldOutcome.class,
                        ReleaseOutcome.class,
                        ExtendOutcome.class,
                        HoldChangeOutcome.class,
                        OrderOutcome.class,
                        CancelOutcome.class,
                        DeadlineOutcome.class,
                        AcceptOutcome.class,
                        PaymentOutcome.class,
                        RefundOutcome.class,
                        KeyedOutcome.class)
                .<Class<?>>flatMap(outcome -> Stream.of(outcome.getPermittedSubclasses()))
                .filter(outcome -> !outcome.equals(OrderOutcome.MixedCurrencies.class))
                .flatMap(outcome ->
                        outcome.isSealed() ? Stream.of(outcome.getPermittedSubclasses()) : Stream.of(outcome));
    }

    /** The canary: a service that forgot to write something must be found, whatever it is. */
    @ParameterizedTest
    @MethodSource("writes")
    void aWriteThatIsForgottenIsFound(Method write) {
        assertThatThrownBy(() -> {
                    for (int seed = 0; seed < SEQUENCES_TO_FIND_IT; seed++) {
                        check(new SplittableRandom(seed), ports -> forgetting(write, ports));
                    }
                })
                .hasMessageStartingWith("after these commands");
    }

    /** But for what the fakes write nowhere: that a late success is counted again is a matter of the database's own rows. */
    static Stream<Method> writes() {
        return Stream.of(
                        ProductRepository.class,
                        StockRepository.class,
                        HoldRepository.class,
                        OrderRepository.class,
                        PaymentRepository.class,
                        OperatorLog.class,
                        IdempotencyKeyRepository.class)
                .flatMap(port -> Stream.of(port.getMethods()))
                .filter(method -> method.getReturnType() == void.class)
                .filter(method -> !method.getName().equals("countAgain"));
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
                forgetting(write, OperatorLog.class, ports.operatorLog()),
                forgetting(write, IdempotencyKeyRepository.class, ports.idempotencyKeys()));
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
        return Commands.some(random, new InMemoryDatabase().now());
    }

    /** What goes wrong, if something does. */
    private static Optional<String> failure(List<Command> commands, UnaryOperator<Ports> ports) {
        try {
            ModelComparison comparison = new ModelComparison(ports);
            commands.forEach(comparison::step);
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
}
