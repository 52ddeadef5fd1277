package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.batch.Asked;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.IdempotentBatch;
import dev.flashsale.application.batch.OutcomeCodec;
import dev.flashsale.application.hold.HoldOutcomeCodec;
import dev.flashsale.application.order.OrderOutcomeCodec;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome.First;
import dev.flashsale.domain.idempotency.KeyedOutcome.KeyReused;
import dev.flashsale.domain.idempotency.KeyedOutcome.Replayed;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class IdempotentBatchTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("key");
    private static final ProductId ANY = new ProductId(7);

    /** As long as it can be. */
    private static final HoldRequest MANY = new HoldRequest(
            Examples.newHoldId(),
            Lines.of(LongStream.range(0, Lines.MAX)
                    .mapToObj(i -> new Item(new ProductId(Long.MAX_VALUE - i), new Quantity(Quantity.MAX / Lines.MAX)))
                    .toList()),
            null);

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @Test
    void aRepeatedRequestGetsTheHoldThatTheFirstOneGotWhateverBecameOfIt() {
        HoldOutcome first = first(hold(product, 4));
        HoldId id = ((HoldOutcome.Placed) first).holdId();

        assertThat(hold(product, 4)).isEqualTo(new Replayed<>(first));
        assertThat(sale.available(product)).isEqualTo(6);

        assertThat(sale.releaseHold.one(id)).isNotNull();
        assertThat(hold(product, 4)).isEqualTo(new Replayed<>(first));
        assertThat(sale.database.holds()).hasSize(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void anotherRequestUnderTheKeyIsRefusedAndChangesNothing() {
        HoldOutcome first = first(hold(product, 4));

        assertThat(hold(product, 3)).isEqualTo(new KeyReused<>(KEY));
        assertThat(hold(sale.productOnSale(10), 4)).isEqualTo(new KeyReused<>(KEY));

        assertThat(sale.database.holds()).hasSize(1);
        assertThat(hold(product, 4)).isEqualTo(new Replayed<>(first));
    }

    @Test
    void eachCustomerHasKeysOfItsOwnAndSoHaveOrders() {
        CustomerId ann = new CustomerId("ann");
        CustomerId bob = new CustomerId("bob");

        HoldOutcome anns = first(hold(product, 1, ann));
        HoldOutcome bobs = first(hold(product, 2, bob));
        HoldOutcome nobodys = first(hold(product, 3));

        assertThat(hold(product, 1, ann)).isEqualTo(new Replayed<>(anns));
        assertThat(hold(product, 2, bob)).isEqualTo(new Replayed<>(bobs));
        assertThat(hold(product, 3)).isEqualTo(new Replayed<>(nobodys));
        assertThat(order(((HoldOutcome.Placed) anns).holdId())).isInstanceOf(First.class);
    }

    @Test
    void aRefusalForGoodStaysEvenIfThereIsEnoughNow() {
        HoldId other = sale.held(product, 8);

        HoldOutcome first = first(hold(product, 4));

        assertThat(first).isEqualTo(new HoldOutcome.InsufficientStock(product, 2));
        assertThat(sale.releaseHold.one(other)).isNotNull();
        assertThat(hold(product, 4)).isEqualTo(new Replayed<>(first));
    }

    @Test
    void aRefusalThatPassesIsDecidedAgain() {
        HoldId other = sale.held(product, 10);
        assertThat(first(hold(product, 4))).isInstanceOf(HoldOutcome.AllHeld.class);
        assertThat(first(hold(product, 4))).isInstanceOf(HoldOutcome.AllHeld.class);

        assertThat(sale.releaseHold.one(other)).isNotNull();

        assertThat(first(hold(product, 4))).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void whoTookTheLastPieceGetsItAgainThoughThisNodeKnowsThatItIsSoldOut() {
        Flashsale remembering = Flashsale.on(sale.ports, Settings.defaults());
        HoldRequest request = Examples.request(product, 10);
        KeyedOutcome<HoldOutcome> first = remembering.holds().place(request, KEY);
        assertThat(remembering.holds().place(Examples.request(product, 1))).isInstanceOf(HoldOutcome.AllHeld.class);

        assertThat(remembering.holds().place(Examples.request(product, 10), KEY))
                .isEqualTo(new Replayed<>(first(first)));
    }

    @Test
    void anOrderIsAnsweredAsItWasThen() {
        HoldId id = sale.held(product, 1);
        Order order = ((OrderOutcome.Placed) first(order(id))).order();
        assertThat(sale.recordPayment.one(Examples.success(order.id()))).isNotNull();

        assertThat(order(id)).isEqualTo(new Replayed<>(new OrderOutcome.Placed(order)));
        assertThat(sale.placeOrder.one(id)).isEqualTo(new OrderOutcome.AlreadyPlaced(order.with(OrderStatus.PAID)));
        assertThat(order(sale.held(product, 1))).isEqualTo(new KeyReused<>(KEY));
    }

    @Test
    void theSameKeyTwiceInABatchIsDecidedOnce() {
        Asked<HoldRequest> first = new Asked<>(Examples.request(product, 2), KEY, null);
        Asked<HoldRequest> plain = new Asked<>(Examples.request(product, 1), null, null);
        Asked<HoldRequest> again = new Asked<>(Examples.request(product, 2), KEY, null);
        Asked<HoldRequest> changed = new Asked<>(Examples.request(product, 3), KEY, null);
        Asked<HoldRequest> other = new Asked<>(Examples.request(product, 1), Examples.newIdempotencyKey(), null);

        List<KeyedOutcome<HoldOutcome>> outcomes =
                sale.placeHold.allOnce(new HoldOutcomeCodec(), Batch.of(List.of(first, plain, again, changed, other)));

        assertThat(outcomes)
                .containsExactly(
                        placed(first),
                        placed(plain),
                        new Replayed<>(first(placed(first))),
                        new KeyReused<>(KEY),
                        placed(other));
        assertThat(sale.available(product)).isEqualTo(6);
        assertThat(sale.placeHold.allOnce(new HoldOutcomeCodec(), Batch.of(List.of(plain, changed, again))))
                .containsExactly(placed(plain), new KeyReused<>(KEY), new Replayed<>(first(placed(first))));
        assertThat(sale.available(product)).isEqualTo(6);
    }

    @Test
    void whoeverJoinsABatchUnderAKnownKeyIsAnsweredAsBefore() {
        Asked<HoldRequest> before = new Asked<>(Examples.request(product, 2), KEY, null);
        KeyedOutcome<HoldOutcome> first = sale.placeHold
                .allOnce(new HoldOutcomeCodec(), Batch.of(List.of(before)))
                .get(0);
        Asked<HoldRequest> plain = new Asked<>(Examples.request(product, 1), null, null);
        Asked<HoldRequest> again = new Asked<>(Examples.request(product, 2), KEY, null);
        Asked<HoldRequest> fresh = new Asked<>(Examples.request(product, 1), Examples.newIdempotencyKey(), null);
        Asked<HoldRequest> twice = new Asked<>(Examples.request(product, 1), fresh.key(), null);

        List<KeyedOutcome<HoldOutcome>> outcomes = sale.placeHold.allOnce(
                new HoldOutcomeCodec(), Batch.of(List.of(plain), fits -> List.of(again, fresh, twice)));

        assertThat(outcomes)
                .containsExactly(
                        placed(plain),
                        new Replayed<>(first(first)),
                        placed(fresh),
                        new Replayed<>(first(placed(fresh))));
        assertThat(sale.available(product)).isEqualTo(6);
    }

    /** Its lane is the batch's, but whom it was for is answered without the stock: nobody has locked that. */
    @Test
    void nobodyJoinsForTheSakeOfARequestThatIsOnlyAnsweredAgain() {
        Asked<HoldRequest> before = new Asked<>(Examples.request(product, 2), KEY, null);
        KeyedOutcome<HoldOutcome> first = sale.placeHold
                .allOnce(new HoldOutcomeCodec(), Batch.of(List.of(before)))
                .get(0);
        Asked<HoldRequest> other = new Asked<>(Examples.request(sale.productOnSale(1), 1), null, null);
        Asked<HoldRequest> late = new Asked<>(Examples.request(product, 1), null, null);

        List<KeyedOutcome<HoldOutcome>> outcomes = sale.placeHold.allOnce(
                new HoldOutcomeCodec(),
                Batch.of(List.of(before, other), fits -> fits.test(late) ? List.of(late) : List.of()));

        assertThat(outcomes).containsExactly(new Replayed<>(first(first)), placed(other));
    }

    @Test
    void theSameKeyTwiceInABatchIsRefusedTwiceIfItPasses() {
        sale.held(product, 10);
        Asked<HoldRequest> one = new Asked<>(Examples.request(product, 2), KEY, null);
        Asked<HoldRequest> two = new Asked<>(Examples.request(product, 2), KEY, null);

        assertThat(sale.placeHold.allOnce(new HoldOutcomeCodec(), Batch.of(List.of(one, two))))
                .extracting(IdempotentBatchTest::first)
                .hasOnlyElementsOfType(HoldOutcome.AllHeld.class)
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"ROLLED_BACK", "COMMITTED_UNHEARD"})
    void aTransactionThatIsRunAgainDecidesOnce(Fate fate) {
        sale.transactions.meet(fate);
        KeyedOutcome<HoldOutcome> first = hold(product, 4);
        sale.transactions.meet(fate);
        KeyedOutcome<HoldOutcome> again = hold(product, 4);

        assertThat(again).isInstanceOf(Replayed.class);
        assertThat(outcome(again)).isEqualTo(outcome(first));
        assertThat(sale.available(product)).isEqualTo(6);
        assertThat(sale.database.holds()).hasSize(1);
    }

    /** The first look saw nothing; the wait for the stock was the wait for the transaction that took the last piece. */
    @Test
    void whoeverIsToldToComeBackIsLookedUpOnceMore() {
        HoldOutcome first = first(hold(product, 10));
        IdempotentBatch<HoldRequest, HoldOutcome> late = new IdempotentBatch<>(new HoldOutcomeCodec());
        Asked<HoldRequest> again = new Asked<>(Examples.request(product, 10), KEY, null);

        assertThat(late.decide(seeingNothingAtFirst(), Batch.of(List.of(again)), sale.placeHold::all))
                .containsExactly(new Replayed<>(first));
    }

    private IdempotencyKeyRepository seeingNothingAtFirst() {
        return new IdempotencyKeyRepository() {
            private boolean looked;

            @Override
            public Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys) {
                Map<ScopedKey, KeptOutcome> found =
                        looked ? sale.ports.idempotencyKeys().find(keys) : Map.of();
                looked = true;
                return found;
            }

            @Override
            public void insert(Collection<KeptOutcome> outcomes) {
                sale.ports.idempotencyKeys().insert(outcomes);
            }

            @Override
            public int deleteOlderThan(Duration age, int limit) {
                return sale.ports.idempotencyKeys().deleteOlderThan(age, limit);
            }

            @Override
            public List<ScopedKey> page(Optional<ScopedKey> after, int limit) {
                return sale.ports.idempotencyKeys().page(after, limit);
            }

            @Override
            public int delete(Set<ScopedKey> keys) {
                return sale.ports.idempotencyKeys().delete(keys);
            }

            @Override
            public int countOlderThan(Duration age) {
                return sale.ports.idempotencyKeys().countOlderThan(age);
            }
        };
    }

    @Test
    void aKeyIsKeptForADayAtLeast() {
        HoldOutcome first = first(hold(product, 1));
        sale.database.advance(Housekeeping.MIN_KEY_AGE.minusMillis(1));
        assertThat(sale.flashsale.housekeeping().forgetKeys(Housekeeping.MIN_KEY_AGE))
                .isZero();
        assertThat(hold(product, 1)).isEqualTo(new Replayed<>(first));

        sale.database.advance(Duration.ofMillis(1));

        assertThat(sale.flashsale.housekeeping().countOldKeys(Housekeeping.MIN_KEY_AGE))
                .isEqualTo(1);
        assertThat(sale.flashsale.housekeeping().forgetKeys(Housekeeping.MIN_KEY_AGE))
                .isEqualTo(1);
        assertThat(sale.flashsale.housekeeping().countOldKeys(Housekeeping.MIN_KEY_AGE))
                .isZero();
        assertThat(hold(product, 1)).isInstanceOf(First.class);
        assertThatThrownBy(() -> sale.flashsale.housekeeping().forgetKeys(Housekeeping.MIN_KEY_AGE.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 hours");
    }

    static Stream<HoldOutcome> keptHolds() {
        Instant moment = Instant.parse("9999-12-31T23:59:59.999999Z");
        return Stream.of(
                new HoldOutcome.Placed(Examples.newHoldId(), Lines.of(ANY, new Quantity(3)), moment),
                new HoldOutcome.UnknownProduct(ANY),
                new HoldOutcome.QuantityTooLarge(ANY, Integer.MAX_VALUE),
                new HoldOutcome.CustomerRequired(ANY),
                new HoldOutcome.NotOnSale(ANY, new SaleWindow(null, moment), Optional.empty()),
                new HoldOutcome.NotOnSale(ANY, new SaleWindow(Examples.NOW, moment), Optional.empty()),
                new HoldOutcome.LimitReached(ANY, 4, 2),
                new HoldOutcome.InsufficientStock(ANY, 2),
                new HoldOutcome.SoldOut(ANY));
    }

    @ParameterizedTest
    @MethodSource("keptHolds")
    void aHoldsOutcomeIsReadAsItWasWritten(HoldOutcome outcome) {
        assertRead(new HoldOutcomeCodec(), Examples.request(ANY, 3), outcome);
    }

    static Stream<HoldOutcome> keptHoldsOfSeveral() {
        List<HoldOutcome.Shortage> lines = MANY.lines().items().stream()
                .<HoldOutcome.Shortage>map(item -> new HoldOutcome.InsufficientStock(item.productId(), Quantity.MAX))
                .toList();
        ProductId last = MANY.lines().items().getLast().productId();
        return Stream.of(
                new HoldOutcome.Placed(Examples.newHoldId(), MANY.lines(), Examples.NOW),
                new HoldOutcome.UnknownProduct(last),
                new HoldOutcome.MixedCurrencies(Examples.newHoldId()),
                new HoldOutcome.QuantityTooLarge(last, 1),
                new HoldOutcome.CustomerRequired(last),
                new HoldOutcome.NotOnSale(last, new SaleWindow(null, Examples.NOW), Optional.empty()),
                new HoldOutcome.LimitReached(last, 4, 2),
                new HoldOutcome.LinesShort(lines),
                new HoldOutcome.LinesShort(List.of(
                        new HoldOutcome.AllHeld(MANY.lines().first().productId(), Duration.ofSeconds(1, 1_000)),
                        new HoldOutcome.SoldOut(last))));
    }

    @ParameterizedTest
    @MethodSource("keptHoldsOfSeveral")
    void theOutcomeOfAHoldOfSeveralProductsIsReadAsItWasWritten(HoldOutcome outcome) {
        assertRead(new HoldOutcomeCodec(), MANY, outcome);
    }

    @Test
    void whatWasWrittenWhenAHoldWasOfOneProductIsRead() {
        HoldRequest request = Examples.request(ANY, 3);

        assertThat(new HoldOutcomeCodec().read(request, "limit_reached 4 2"))
                .isEqualTo(new HoldOutcome.LimitReached(ANY, 4, 2));
        assertThat(new HoldOutcomeCodec().read(request, "unknown_product"))
                .isEqualTo(new HoldOutcome.UnknownProduct(ANY));
        assertThat(new HoldOutcomeCodec().request(request)).isEqualTo(ANY + " 3");
    }

    static Stream<HoldOutcome> passingHolds() {
        return Stream.of(
                new HoldOutcome.LinesShort(List.of(new HoldOutcome.AllHeld(ANY, Duration.ofSeconds(1)))),
                new HoldOutcome.AllHeld(ANY, Duration.ofSeconds(1)),
                new HoldOutcome.IdReused(Examples.newHoldId()),
                new HoldOutcome.NotOnSale(ANY, new SaleWindow(Examples.NOW, null), Optional.of(Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @MethodSource("passingHolds")
    void aHoldsOutcomeThatPassesIsNotKept(HoldOutcome outcome) {
        assertThat(new HoldOutcomeCodec().outcome(outcome)).isEmpty();
    }

    static Stream<OrderOutcome> keptOrders() {
        HoldId id = Examples.newHoldId();
        Order order = new Order(
                new OrderId(Long.MAX_VALUE),
                id,
                Lines.of(new ProductId(Long.MAX_VALUE), new Quantity(Quantity.MAX)),
                Money.of("999999999999999.9999", "CLF"),
                Examples.NOW,
                Examples.NOW.plusSeconds(1),
                OrderStatus.PENDING,
                Set.of());
        Order ofSeveral = new NewOrder(id, MANY.lines(), order.amount(), order.placedAt(), order.paymentDeadline())
                .numbered(order.id());
        return Stream.of(
                new OrderOutcome.Placed(ofSeveral),
                new OrderOutcome.MixedCurrencies(id),
                new OrderOutcome.Placed(order),
                new OrderOutcome.AlreadyPlaced(order.with(OrderStatus.EXPIRED)),
                new OrderOutcome.UnknownHold(id),
                new OrderOutcome.HoldExpired(id, Examples.NOW),
                new OrderOutcome.HoldReleased(id));
    }

    @ParameterizedTest
    @MethodSource("keptOrders")
    void anOrdersOutcomeIsReadAsItWasWritten(OrderOutcome outcome) {
        assertRead(new OrderOutcomeCodec(), holdOf(outcome), outcome);
    }

    private static HoldId holdOf(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Placed placed -> placed.order().holdId();
            case OrderOutcome.AlreadyPlaced known -> known.order().holdId();
            case OrderOutcome.UnknownHold unknown -> unknown.holdId();
            case OrderOutcome.HoldExpired expired -> expired.holdId();
            case OrderOutcome.HoldReleased released -> released.holdId();
            case OrderOutcome.MixedCurrencies mixed -> mixed.holdId();
        };
    }

    private static <Q, A> void assertRead(OutcomeCodec<Q, A> keeping, Q request, A outcome) {
        String written = keeping.outcome(outcome).orElseThrow();

        assertThat(keeping.read(request, written)).isEqualTo(outcome);
        assertThat(written).isPrintable().hasSizeLessThanOrEqualTo(KeptOutcome.MAX_OUTCOME);
        assertThat(keeping.request(request)).isPrintable().hasSizeLessThanOrEqualTo(KeptOutcome.MAX_REQUEST);
    }

    private KeyedOutcome<HoldOutcome> hold(ProductId productId, int pieces) {
        return sale.flashsale.holds().place(Examples.request(productId, pieces), KEY);
    }

    private KeyedOutcome<HoldOutcome> hold(ProductId productId, int pieces, CustomerId customer) {
        return sale.flashsale
                .holds()
                .place(new HoldRequest(Examples.newHoldId(), productId, new Quantity(pieces), customer), KEY);
    }

    private KeyedOutcome<OrderOutcome> order(HoldId id) {
        return sale.flashsale.orders().place(id, KEY);
    }

    private KeyedOutcome<HoldOutcome> placed(Asked<HoldRequest> keyed) {
        HoldRequest request = keyed.request();
        return new First<>(new HoldOutcome.Placed(
                request.holdId(), request.lines(), sale.database.now().plus(sale.settings.holdTtl())));
    }

    private static <A> A first(KeyedOutcome<A> outcome) {
        assertThat(outcome).isInstanceOf(First.class);
        return outcome(outcome);
    }

    private static <A> A outcome(KeyedOutcome<A> outcome) {
        return switch (outcome) {
            case First<A> first -> first.outcome();
            case Replayed<A> again -> again.outcome();
            case KeyReused<A> reused -> throw new AssertionError(reused);
        };
    }
}
