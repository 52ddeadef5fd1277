package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.inTransaction;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.now;
import static dev.flashsale.adapter.jdbc.Race.count;
import static dev.flashsale.adapter.jdbc.Race.statusOf;
import static dev.flashsale.adapter.jdbc.Race.stored;
import static dev.flashsale.adapter.jdbc.Race.sweepers;
import static dev.flashsale.adapter.jdbc.Race.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.Race.Scenario;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Purge;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What gateways report, at the same moment as one another and as buyers, sweepers and a purge. */
@Timeout(60)
class PaymentRaceTest {

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Settings UNHURRIED = Settings.builder()
            .holdTtl(A_DAY)
            .paymentDeadline(A_DAY)
            .expiryBatch(20)
            .build();
    private static final Settings OVERDUE_AT_ONCE = Settings.builder()
            .holdTtl(A_DAY)
            .paymentDeadline(Duration.ofNanos(1000))
            .expiryBatch(20)
            .build();
    private static final Duration AGE = Duration.ofDays(30);

    private enum Row {
        SAME_TRANSACTION(PaymentRaceTest::sameTransaction),
        SAME_TRANSACTION_WITH_ANOTHER_PAYLOAD(PaymentRaceTest::sameTransactionWithAnotherPayload),
        FAILED_AND_SUCCESS(PaymentRaceTest::failedAndSuccess, Unlocked::orders),
        COURSE_OF_A_TRANSACTION(PaymentRaceTest::courseOfATransaction, Unlocked::orders),
        REPORTS_OF_A_REFERENCE_THAT_NO_ORDER_HAS(PaymentRaceTest::reportsOfAReferenceThatNoOrderHas),
        SUCCESS_OF_ANOTHER_AMOUNT_AND_FAILURE(PaymentRaceTest::successOfAnotherAmountAndFailure),
        MANY_SUCCESSES(PaymentRaceTest::manySuccesses, Unlocked::orders),
        SUCCESS_AND_EXPIRY(PaymentRaceTest::successAndExpiry, Unlocked::orders),
        LATE_SUCCESS_AND_BUYERS(PaymentRaceTest::lateSuccessAndBuyers, Unlocked::stocks),
        WRONG_AND_RIGHT_AMOUNT(PaymentRaceTest::wrongAndRightAmount),
        /** Without the lock the moment in which it matters is too short for a canary to meet it each time. */
        WEBHOOK_AND_ITS_ORDER(PaymentRaceTest::webhookAndItsOrder),
        LATE_SUCCESS_AND_PURGE(PaymentRaceTest::lateSuccessAndPurge, Unlocked::orders);

        private final Scenario scenario;

        /** Takes away the lock that protects this, where it is a lock and not a unique key. */
        private final @Nullable UnaryOperator<Ports> withoutLock;

        Row(Scenario scenario) {
            this(scenario, null);
        }

        Row(Scenario scenario, @Nullable UnaryOperator<Ports> withoutLock) {
            this.scenario = scenario;
            this.withoutLock = withoutLock;
        }

        static Stream<Row> thatALockProtects() {
            return Stream.of(values()).filter(row -> row.withoutLock != null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWell(Row row) throws Exception {
        Race.endsWell(row.scenario);
    }

    @ParameterizedTest
    @MethodSource("dev.flashsale.adapter.jdbc.PaymentRaceTest$Row#thatALockProtects")
    void endsBadlyWithoutTheLock(Row row) throws Exception {
        Race.endsBadly(row.scenario, Objects.requireNonNull(row.withoutLock));
    }

    private static void sameTransaction(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(2, UNHURRIED, ports);
        Order order = race.ordered(2);
        Payment payment = Examples.success(order.id());

        List<Object> answers = race.atOnce(times(8, record(payment)));

        RecordedPayment stored = new RecordedPayment(payment, PaymentEffect.APPLIED, OrderStatus.PAID);
        assertThat(stored(payment.transactionId())).isEqualTo(stored);
        assertThat(count(answers, PaymentOutcome.Recorded.class)).isEqualTo(1);
        assertThat(Set.copyOf(answers))
                .isEqualTo(Set.of(new PaymentOutcome.Recorded(stored), new PaymentOutcome.AlreadyRecorded(stored)));
        race.assertBalanced();
    }

    private static void sameTransactionWithAnotherPayload(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(2, UNHURRIED, ports);
        List<Order> orders = List.of(race.ordered(1), race.ordered(1));
        TransactionId id = Examples.newTransactionId();
        List<Payment> payloads = orders.stream()
                .map(order -> Payment.of(id, order.id(), PaymentStatus.SUCCESS))
                .toList();

        List<Object> answers = race.atOnce(times(4, record(payloads.get(0))), times(4, record(payloads.get(1))));

        RecordedPayment stored = stored(id);
        assertThat(count(answers, PaymentOutcome.Recorded.class)).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            Payment lost = payloads.get(i);
            boolean won = stored.payment().equals(lost);
            assertThat(statusOf(orders.get(i))).isEqualTo(won ? OrderStatus.PAID : OrderStatus.PENDING);
            assertThat(answers.subList(4 * i, 4 * i + 4))
                    .allMatch(answer -> won
                            ? !(answer instanceof PaymentOutcome.Conflict)
                            : answer.equals(new PaymentOutcome.Conflict(stored, lost)));
            if (!won) {
                assertThat(Race.conflicts(id))
                        .as("each conflict is listed once")
                        .extracting(conflict -> conflict.report().orderId())
                        .containsExactly(lost.orderId());
            }
        }
        long number = Race.conflicts(id).getFirst().number();
        Cause cause = new Cause("ann", "asked the gateway");
        assertThat(race.atOnce(times(4, node -> node.operator(cause).conflictResolved(number))))
                .as("one of the operators who say that they have looked is the first")
                .containsOnlyOnce(true);
        assertThat(Race.conflicts(id)).isEmpty();
        race.assertBalanced();
    }

    /** The piece returns for a moment: a buyer may have it, or the success takes it again. */
    private static void failedAndSuccess(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);

        assertSoldOnce(race, order, times(2, node -> node.payments().record(Examples.failure(order.id()))));
    }

    /**
     * It is declined, fails and succeeds at once: whatever comes first, the success pays the order or its money goes back, and a
     * failure that comes after it does nothing.
     */
    private static void courseOfATransaction(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);
        Payment success = Examples.success(order.id());
        Payment failure = Payment.of(success.transactionId(), order.id(), PaymentStatus.FAILED);
        Payment declined = Payment.of(success.transactionId(), order.id(), PaymentStatus.DECLINED);

        List<Object> answers = race.atOnce(
                times(2, record(success)), times(2, record(failure)), times(2, record(declined)), race.buyers(2));

        long held = count(answers, HoldOutcome.Placed.class);
        assertThat(held).isLessThanOrEqualTo(1);
        assertThat(count(answers, PaymentOutcome.Recorded.class)).isEqualTo(3);
        assertThat(count(answers, PaymentOutcome.AlreadyRecorded.class)).isEqualTo(3);
        assertThat(stored(success.id()).effect())
                .isEqualTo(held == 0 ? PaymentEffect.APPLIED : PaymentEffect.REFUND_REQUIRED);
        assertThat(statusOf(order)).isEqualTo(held == 0 ? OrderStatus.PAID : OrderStatus.FAILED);
        assertThat(stored(failure.id()).orderStatus())
                .isEqualTo(
                        stored(failure.id()).effect() == PaymentEffect.APPLIED ? OrderStatus.FAILED : OrderStatus.PAID);
        race.assertBalanced();
    }

    private static void reportsOfAReferenceThatNoOrderHas(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        TransactionId id = Examples.newTransactionId();
        ConflictingReport report =
                new ConflictingReport(ReportId.ofSuccess(id), null, Examples.newHoldId(), BigDecimal.TEN, null, null);

        assertThat(race.atOnce(times(8, node -> {
                    node.payments().listConflict(report);
                    return report;
                })))
                .hasSize(8);

        assertThat(Race.conflicts(id)).extracting(ListedConflict::report).containsExactly(report);
    }

    /** The order goes on waiting: its money was taken, if not the right one. */
    private static void successOfAnotherAmountAndFailure(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);
        Payment wrong = paid(order, PaymentStatus.SUCCESS, BigDecimal.ONE);
        Payment failure = Payment.of(wrong.transactionId(), order.id(), PaymentStatus.FAILED);

        assertThat(race.atOnce(times(3, record(wrong)), times(3, record(failure))))
                .hasSize(6);

        boolean failedFirst = stored(failure.id()).effect() == PaymentEffect.APPLIED;
        assertThat(stored(wrong.id()))
                .isEqualTo(new RecordedPayment(
                        wrong, PaymentEffect.REFUND_REQUIRED, failedFirst ? OrderStatus.FAILED : OrderStatus.PENDING));
        assertThat(statusOf(order)).isEqualTo(failedFirst ? OrderStatus.FAILED : OrderStatus.PENDING);
        race.assertBalanced();
    }

    private static void manySuccesses(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);
        List<Payment> payments = IntStream.range(0, 8)
                .mapToObj(i -> Examples.success(order.id()))
                .toList();

        List<Object> answers =
                race.atOnce(payments.stream().map(PaymentRaceTest::record).toList());

        assertThat(count(answers, PaymentOutcome.Recorded.class)).isEqualTo(8);
        assertThat(payments.stream().map(payment -> stored(payment.transactionId())))
                .extracting(RecordedPayment::effect)
                .containsOnlyOnce(PaymentEffect.APPLIED)
                .containsOnly(PaymentEffect.APPLIED, PaymentEffect.REFUND_REQUIRED);
        assertThat(statusOf(order)).isEqualTo(OrderStatus.PAID);
        race.assertBalanced();
    }

    private static void successAndExpiry(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, OVERDUE_AT_ONCE, ports);

        assertSoldOnce(race, race.ordered(1), sweepers(2));
    }

    private static void lateSuccessAndBuyers(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);
        assertThat(race.atOnce(times(1, record(Examples.failure(order.id()))))).hasSize(1);

        assertSoldOnce(race, order, List.of());
    }

    private static void wrongAndRightAmount(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = race.ordered(1);
        Payment right = paid(order, PaymentStatus.SUCCESS, order.amount().amount());
        Payment wrong = paid(order, PaymentStatus.SUCCESS, BigDecimal.ONE);
        Payment failed = paid(order, PaymentStatus.FAILED, BigDecimal.ONE);

        assertThat(race.atOnce(times(3, record(wrong)), times(3, record(failed)), times(2, record(right))))
                .hasSize(8);

        assertThat(stored(right.transactionId()).effect()).isEqualTo(PaymentEffect.APPLIED);
        assertThat(stored(wrong.transactionId()).effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(stored(failed.transactionId()).effect()).isEqualTo(PaymentEffect.IGNORED);
        assertThat(statusOf(order)).isEqualTo(OrderStatus.PAID);
        race.assertBalanced();
    }

    /** The number of the order is guessed; a guess that is wrong once races for nothing. */
    private static void webhookAndItsOrder(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(2, UNHURRIED, ports);
        OrderId next = new OrderId(race.ordered(1).id().value() + 1);
        HoldId hold = race.held(1);
        Payment payment = Examples.success(next);

        List<Object> answers = race.atOnce(List.of(node -> node.orders().place(hold), record(payment)));

        assertThat(answers.get(0)).isInstanceOfSatisfying(OrderOutcome.Placed.class, placed -> {
            boolean guessed = placed.order().id().equals(next);
            assertThat(stored(payment.transactionId()).effect())
                    .isEqualTo(guessed ? PaymentEffect.APPLIED : PaymentEffect.KEPT);
            assertThat(statusOf(placed.order())).isEqualTo(guessed ? OrderStatus.PAID : OrderStatus.PENDING);
        });
        race.assertBalanced();
    }

    private static void lateSuccessAndPurge(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        Order order = failedLongAgo(race);
        Payment late = Examples.success(order.id());
        UUID id = order.holdId().value();
        HoldId before = new HoldId(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1));

        assertThat(race.atOnce(
                        times(4, record(late)),
                        times(4, node -> node.housekeeping().purge(new Purge(AGE, 1, Optional.of(before), false)))))
                .hasSize(8);

        boolean paid = stored(late.transactionId()).effect() == PaymentEffect.APPLIED;
        assertThat(PORTS.orders().find(Set.of(order.id())).rows().values())
                .containsExactlyElementsOf(paid ? List.of(order.with(OrderStatus.PAID)) : List.of());
        assertThat(PORTS.holds().find(Set.of(order.holdId())).rows()).hasSize(paid ? 1 : 0);
        assertThat(race.stock().available()).isEqualTo(paid ? 0 : 1);
    }

    /** The one piece goes to the order, whose payment succeeds, or to one of the buyers. */
    private static void assertSoldOnce(Race race, Order order, List<Function<Flashsale, Object>> others)
            throws Exception {
        Payment success = Examples.success(order.id());

        List<Object> answers = race.atOnce(List.of(record(success)), race.buyers(4), others);

        long held = count(answers, HoldOutcome.Placed.class);
        assertThat(held).isLessThanOrEqualTo(1);
        assertThat(stored(success.transactionId()).effect())
                .isEqualTo(held == 0 ? PaymentEffect.APPLIED : PaymentEffect.REFUND_REQUIRED);
        assertThat(statusOf(order) == OrderStatus.PAID).isEqualTo(held == 0);
        race.assertBalanced();
    }

    private static Order failedLongAgo(Race race) {
        Instant longAgo = now().minus(AGE).minus(Examples.PAYMENT_DEADLINE);
        ActiveHold hold = Examples.hold(race.product, 1, longAgo);
        return inTransaction(() -> {
            PORTS.holds().insert(List.of(hold));
            PORTS.holds().end(List.of(hold.end(HoldEnd.ORDERED)));
            Order order = PORTS.orders()
                    .insert(List.of(Examples.newOrder(hold, longAgo)))
                    .values()
                    .iterator()
                    .next()
                    .with(OrderStatus.FAILED);
            PORTS.orders().save(List.of(order));
            return order;
        });
    }

    private static Function<Flashsale, Object> record(Payment payment) {
        return node -> node.payments().record(payment);
    }

    private static Payment paid(Order order, PaymentStatus status, BigDecimal amount) {
        return new Payment(
                Examples.newTransactionId(),
                order.id(),
                status,
                amount,
                order.amount().currency());
    }
}
