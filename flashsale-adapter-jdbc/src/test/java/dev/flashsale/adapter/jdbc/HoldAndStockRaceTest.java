package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.now;
import static dev.flashsale.adapter.jdbc.Race.count;
import static dev.flashsale.adapter.jdbc.Race.sweepers;
import static dev.flashsale.adapter.jdbc.Race.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.Race.Scenario;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What buyers, sweepers and operators do to one hold, or to one stock, at the same moment. */
@Timeout(60)
class HoldAndStockRaceTest {

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Settings UNHURRIED = Settings.builder()
            .holdTtl(A_DAY)
            .paymentDeadline(A_DAY)
            .expiryBatch(20)
            .build();

    private enum Row {
        SAME_REQUEST(HoldAndStockRaceTest::sameRequest),
        SAME_ID_WITH_ANOTHER_REQUEST(HoldAndStockRaceTest::sameIdWithAnotherRequest),
        SAME_HOLD_ORDERED(HoldAndStockRaceTest::sameHoldOrdered),
        ORDER_AND_RELEASE(HoldAndStockRaceTest::orderAndRelease, Unlocked::holds),
        ORDER_RELEASE_EXTEND_AND_EXPIRE(HoldAndStockRaceTest::orderReleaseExtendAndExpire, Unlocked::holds),
        CHANGES_ORDER_AND_RELEASE(HoldAndStockRaceTest::changesOrderAndRelease, Unlocked::holds),
        CHANGES_AND_EXPIRE(HoldAndStockRaceTest::changesAndExpire, Unlocked::holds),
        CHANGES_AND_BUYERS(HoldAndStockRaceTest::changesAndBuyers, Unlocked::stocks),
        TOTAL_LOWERED_AND_BUYERS(HoldAndStockRaceTest::totalLoweredAndBuyers, Unlocked::stocks),
        SALE_CLOSED_AND_BUYERS(HoldAndStockRaceTest::saleClosedAndBuyers, Unlocked::stocks);

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
    @MethodSource("dev.flashsale.adapter.jdbc.HoldAndStockRaceTest$Row#thatALockProtects")
    void endsBadlyWithoutTheLock(Row row) throws Exception {
        Race.endsBadly(row.scenario, Objects.requireNonNull(row.withoutLock));
    }

    private static void sameRequest(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(3, UNHURRIED, ports);
        HoldRequest request = race.request(3);

        List<Object> answers = race.atOnce(times(8, place(request)));

        assertThat(Set.copyOf(answers)).hasSize(1).hasOnlyElementsOfType(HoldOutcome.Placed.class);
        assertThat(race.stock().available()).isZero();
        race.assertBalanced();
    }

    private static void sameIdWithAnotherRequest(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(5, UNHURRIED, ports);
        HoldRequest two = race.request(2);
        HoldRequest three = new HoldRequest(two.holdId(), race.product, new Quantity(3));

        List<Object> answers = race.atOnce(times(4, place(two)), times(4, place(three)));

        int held = race.stock().taken();
        assertThat(Set.copyOf(answers.subList(0, 4))).hasSize(1).hasOnlyElementsOfType(answerTo(held == 2));
        assertThat(Set.copyOf(answers.subList(4, 8))).hasSize(1).hasOnlyElementsOfType(answerTo(held == 3));
        race.assertBalanced();
    }

    private static Class<?> answerTo(boolean theFirst) {
        return theFirst ? HoldOutcome.Placed.class : HoldOutcome.IdReused.class;
    }

    private static void sameHoldOrdered(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        HoldId id = race.held(1);

        List<Object> answers = race.atOnce(times(8, order(id)));

        assertThat(count(answers, OrderOutcome.Placed.class)).isEqualTo(1);
        assertThat(answers.stream()
                        .map(answer -> answer instanceof OrderOutcome.Placed placed
                                ? placed.order()
                                : ((OrderOutcome.AlreadyPlaced) answer).order()))
                .containsOnly(PORTS.orders().findByHold(Set.of(id)).rows().get(id));
        race.assertBalanced();
    }

    private static void orderAndRelease(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(1, UNHURRIED, ports);
        HoldId id = race.held(1);

        assertOneEnd(race, id, race.atOnce(times(2, order(id)), times(2, release(id))));
    }

    /** The order has what the hold had when it was made of it, and nothing changes behind it. */
    private static void changesOrderAndRelease(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(9, UNHURRIED, ports);
        HoldId id = race.held(2);

        List<Object> answers = race.atOnce(
                times(2, change(id, 3)), times(2, change(id, 1)), times(2, order(id)), times(1, release(id)));

        assertOneEnd(race, id, answers);
        Lines held = Objects.requireNonNull(race.holds().get(id)).lines();
        PORTS.orders()
                .findByHold(Set.of(id))
                .rows()
                .values()
                .forEach(order -> assertThat(order.lines()).isEqualTo(held));
    }

    /** All come when the hold is about to expire, and others are after its pieces. */
    private static void changesAndExpire(UnaryOperator<Ports> ports) throws Exception {
        Duration moment = Duration.ofMillis(ThreadLocalRandom.current().nextInt(2, 30));
        Race race = new Race(
                4,
                Settings.builder()
                        .holdTtl(moment)
                        .paymentDeadline(A_DAY)
                        .expiryBatch(20)
                        .build(),
                ports);
        HoldId id = race.held(2);

        assertOneEnd(
                race,
                id,
                race.atOnce(
                        times(2, change(id, 4)),
                        times(2, change(id, 1)),
                        times(1, order(id)),
                        race.buyers(3),
                        sweepers(2)));
    }

    private static void changesAndBuyers(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(6, UNHURRIED, ports);
        HoldId id = race.held(2);

        List<Object> answers = race.atOnce(times(2, change(id, 5)), times(2, change(id, 1)), race.buyers(6));

        int has = Objects.requireNonNull(race.holds().get(id)).lines().piecesOf(race.product);
        assertThat(has).isIn(1, 5);
        assertThat(race.stock().taken()).isEqualTo(has + (int) count(answers, HoldOutcome.Placed.class));
        race.assertBalanced();
    }

    /** All come when the hold is about to expire. */
    private static void orderReleaseExtendAndExpire(UnaryOperator<Ports> ports) throws Exception {
        Duration moment = Duration.ofMillis(ThreadLocalRandom.current().nextInt(2, 30));
        Race race = new Race(
                1,
                Settings.builder()
                        .holdTtl(moment)
                        .paymentDeadline(A_DAY)
                        .expiryBatch(20)
                        .build(),
                ports);
        HoldId id = race.held(1);

        assertOneEnd(
                race, id, race.atOnce(times(1, order(id)), times(1, release(id)), times(2, extend(id)), sweepers(4)));
    }

    /** Whoever was told that it has the hold, or has let it go, is right. */
    private static void assertOneEnd(Race race, HoldId id, List<Object> answers) {
        boolean ordered = count(answers, OrderOutcome.Placed.class) > 0;
        boolean released = count(answers, ReleaseOutcome.Released.class) > 0;
        assertThat(ordered && released).as("ordered and released").isFalse();
        switch (Objects.requireNonNull(race.holds().get(id))) {
            case ActiveHold active -> {
                assertThat(ordered || released).isFalse();
                assertThat(active.extensions() > 0).isEqualTo(count(answers, ExtendOutcome.Extended.class) > 0);
            }
            case EndedHold ended -> {
                assertThat(ended.how() == HoldEnd.ORDERED).isEqualTo(ordered);
                assertThat(ended.how() == HoldEnd.RELEASED).isEqualTo(released);
            }
        }
        assertThat(PORTS.orders().findByHold(Set.of(id)).rows()).hasSize(ordered ? 1 : 0);
        race.assertBalanced();
    }

    private static void totalLoweredAndBuyers(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(10, UNHURRIED, ports);

        List<Object> answers = race.atOnce(race.buyers(6), times(2, node -> race.put(node, 3)));

        long held = count(answers, HoldOutcome.Placed.class);
        boolean lowered = count(answers, AdjustOutcome.Adjusted.class) > 0;
        assertThat(race.stock().total()).isEqualTo(lowered ? 3 : 10);
        assertThat(held).isEqualTo(race.stock().taken()).isLessThanOrEqualTo(lowered ? 3 : 6);
        race.assertBalanced();
    }

    /** Nobody holds by the old rules once the new ones are committed. */
    private static void saleClosedAndBuyers(UnaryOperator<Ports> ports) throws Exception {
        Race race = new Race(10, UNHURRIED, ports);
        SaleRules over = new SaleRules(null, null, new SaleWindow(null, now().minusSeconds(1)));

        List<Object> answers = race.atOnce(
                times(1, node -> {
                    Object closed = node.products().put(Examples.product(race.product), 10, over);
                    return List.of(closed, race.stock().taken());
                }),
                race.buyers(7));

        AdjustOutcome closed = new AdjustOutcome.Adjusted(race.stock());
        assertThat(answers.getFirst()).isEqualTo(List.of(closed, race.stock().taken()));
        assertThat(count(answers, HoldOutcome.Placed.class))
                .isEqualTo(race.stock().taken());
        race.assertBalanced();
    }

    private static Function<Flashsale, Object> place(HoldRequest request) {
        return node -> node.holds().place(request);
    }

    private static Function<Flashsale, Object> order(HoldId id) {
        return node -> node.orders().place(id);
    }

    private static Function<Flashsale, Object> release(HoldId id) {
        return node -> node.holds().release(id);
    }

    private static Function<Flashsale, Object> change(HoldId id, int pieces) {
        return node -> node.holds().change(new ChangeRequest(id, new Quantity(pieces)));
    }

    private static Function<Flashsale, Object> extend(HoldId id) {
        return node -> node.holds().extend(id);
    }
}
