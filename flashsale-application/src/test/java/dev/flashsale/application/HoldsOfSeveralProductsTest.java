package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.PurgeEnded.Page;
import dev.flashsale.application.PurgeEnded.Removed;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HoldsOfSeveralProductsTest {

    private static final CustomerId ANN = new CustomerId("ann");

    private final Sale sale = new Sale();
    private final ProductId shoe = sale.productOnSale(10);
    private final ProductId lace = sale.productOnSale(5);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void allLinesAreTakenAndComeBackTogether() {
        HoldId id = held(2, 3);
        assertThat(available()).containsExactly(8, 2);

        assertThat(sale.flashsale.releaseHold().release(id)).isInstanceOf(ReleaseOutcome.Released.class);

        assertThat(available()).containsExactly(10, 5);
        assertThat(sale.flashsale.placeOrder().place(id)).isEqualTo(new OrderOutcome.HoldReleased(id));
        assertThat(sale.flashsale.viewHold().view(id)).hasValueSatisfying(view -> {
            assertThat(view.status()).isEqualTo(HoldStatus.RELEASED);
            assertThat(view.hold().items()).containsExactlyInAnyOrder(item(shoe, 2), item(lace, 3));
        });
    }

    @Test
    void ifOneLineIsShortNothingIsTaken() {
        HoldRequest request = request(null, 2, 6);

        assertThat(sale.flashsale.placeHold().place(request))
                .isEqualTo(new HoldOutcome.LinesShort(List.of(new HoldOutcome.InsufficientStock(lace, 5))));

        assertThat(available()).containsExactly(10, 5);
        assertThat(sale.database.holds()).isEmpty();
    }

    @Test
    void aRepetitionGetsTheSameHoldEvenIfNothingIsLeft() {
        HoldRequest request = request(null, 10, 5);
        HoldOutcome first = sale.flashsale.placeHold().place(request);
        assertThat(first).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.flashsale.placeHold().place(request)).isEqualTo(first);
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);
        assertThat(sale.flashsale.placeHold().place(request)).isEqualTo(first);
        assertThat(sale.flashsale.placeHold().place(new HoldRequest(request.holdId(), shoe, new Quantity(10))))
                .isEqualTo(new HoldOutcome.IdReused(request.holdId()));
    }

    @Test
    void itJoinsNoBatchThatIsUnderWayAndOthersJoinOne() {
        HoldRequest both = request(null, 1, 1);
        HoldRequest oneShoe = new HoldRequest(Examples.newHoldId(), shoe, new Quantity(1));
        HoldRequest oneLace = new HoldRequest(Examples.newHoldId(), lace, new Quantity(1));
        List<HoldRequest> late = List.of(both, oneShoe, oneLace);
        HoldRequest first = new HoldRequest(Examples.newHoldId(), shoe, new Quantity(1));

        Batch<HoldRequest> ofOne =
                Batch.of(List.of(first), fits -> late.stream().filter(fits).toList());
        assertThat(sale.placeHold.placeAll(ofOne)).hasSize(2).hasOnlyElementsOfType(HoldOutcome.Placed.class);
        assertThat(ofOne.requests()).containsExactly(first, oneShoe);

        Batch<HoldRequest> ofBoth = Batch.of(
                List.of(both),
                fits -> List.of(request(null, 1, 1), oneLace).stream()
                        .filter(fits)
                        .toList());
        assertThat(sale.placeHold.placeAll(ofBoth)).hasSize(2).hasOnlyElementsOfType(HoldOutcome.Placed.class);
        assertThat(ofBoth.requests()).containsExactly(both, oneLace);
        assertThat(available()).containsExactly(7, 3);
    }

    @Test
    void inABatchTheFirstComeAreServedFirstAcrossItsProducts() {
        HoldRequest laces = new HoldRequest(Examples.newHoldId(), lace, new Quantity(4));
        HoldRequest both = request(null, 1, 2);
        HoldRequest shoes = new HoldRequest(Examples.newHoldId(), shoe, new Quantity(10));
        HoldRequest unknown =
                HoldRequest.of(Examples.newHoldId(), List.of(item(shoe, 1), item(Examples.newProductId(), 1)), null);

        assertThat(sale.placeHold.placeAll(Batch.of(List.of(laces, both, shoes, unknown))))
                .satisfiesExactly(
                        placed -> assertThat(placed).isInstanceOf(HoldOutcome.Placed.class),
                        missing -> assertThat(missing)
                                .isEqualTo(new HoldOutcome.LinesShort(
                                        List.of(new HoldOutcome.InsufficientStock(lace, 1)))),
                        placed -> assertThat(placed).isInstanceOf(HoldOutcome.Placed.class),
                        refused -> assertThat(refused).isInstanceOf(HoldOutcome.UnknownProduct.class));
        assertThat(available()).containsExactly(0, 1);
    }

    @Test
    void underAKeyTheSameItemsInAnotherOrderAreTheSameRequest() {
        IdempotencyKey key = Examples.newIdempotencyKey();
        HoldRequest swapped = HoldRequest.of(Examples.newHoldId(), List.of(item(shoe, 2), item(lace, 3)), null);

        KeyedOutcome<HoldOutcome> first = sale.flashsale.placeHoldOnce().place(request(null, 2, 3), key);

        HoldOutcome placed = ((KeyedOutcome.First<HoldOutcome>) first).outcome();
        assertThat(sale.flashsale.placeHoldOnce().place(swapped, key)).isEqualTo(new KeyedOutcome.Replayed<>(placed));
        assertThat(sale.flashsale.placeHoldOnce().place(request(null, 2, 2), key))
                .isEqualTo(new KeyedOutcome.KeyReused<>(key));
        assertThat(sale.flashsale
                        .placeHoldOnce()
                        .place(new HoldRequest(Examples.newHoldId(), shoe, new Quantity(2)), key))
                .isEqualTo(new KeyedOutcome.KeyReused<>(key));
        assertThat(available()).containsExactly(8, 2);
    }

    @Test
    void underAKeyItsOrderComesAgainWithItsItems() {
        IdempotencyKey key = Examples.newIdempotencyKey();
        HoldId id = held(2, 3);

        KeyedOutcome<OrderOutcome> first = sale.flashsale.placeOrderOnce().place(id, key);

        OrderOutcome placed = ((KeyedOutcome.First<OrderOutcome>) first).outcome();
        assertThat(sale.flashsale.placeOrderOnce().place(id, key)).isEqualTo(new KeyedOutcome.Replayed<>(placed));
        assertThat(placed)
                .isInstanceOfSatisfying(
                        OrderOutcome.Placed.class,
                        answer -> assertThat(answer.order().items()).hasSize(2));
    }

    @Test
    void underAKeyWhatIsShortForGoodStaysAndWhatIsOnlyHeldIsDecidedAgain() {
        IdempotencyKey forGood = Examples.newIdempotencyKey();
        IdempotencyKey passing = Examples.newIdempotencyKey();
        KeyedOutcome<HoldOutcome> refused = sale.flashsale.placeHoldOnce().place(request(null, 11, 1), forGood);
        HoldId others = held(10, 5);
        assertThat(sale.flashsale.placeHoldOnce().place(request(null, 1, 1), passing))
                .isInstanceOfSatisfying(
                        KeyedOutcome.First.class,
                        first -> assertThat(first.outcome()).isInstanceOf(HoldOutcome.LinesShort.class));
        assertThat(sale.flashsale.releaseHold().release(others)).isNotNull();
        put(shoe, 20, "EUR", SaleRules.NONE);

        HoldOutcome missing = ((KeyedOutcome.First<HoldOutcome>) refused).outcome();
        assertThat(missing).isEqualTo(new HoldOutcome.LinesShort(List.of(new HoldOutcome.InsufficientStock(shoe, 10))));
        assertThat(sale.flashsale.placeHoldOnce().place(request(null, 11, 1), forGood))
                .isEqualTo(new KeyedOutcome.Replayed<>(missing));
        assertThat(sale.flashsale.placeHoldOnce().place(request(null, 1, 1), passing))
                .isInstanceOfSatisfying(
                        KeyedOutcome.First.class,
                        first -> assertThat(first.outcome()).isInstanceOf(HoldOutcome.Placed.class));
    }

    @Test
    void cancelledItsOrderReturnsAllLinesForGood() {
        Order order = ordered(held(2, 3));

        assertThat(sale.flashsale.cancelOrder().cancel(order.id(), Cause.PROGRAM))
                .isEqualTo(new CancelOutcome.Cancelled(order.with(OrderStatus.CANCELLED)));

        assertThat(available()).containsExactly(10, 5);
        assertThat(pay(order).effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(available()).containsExactly(10, 5);
        assertThat(sale.database.orders()).extracting(Order::status).containsOnly(OrderStatus.CANCELLED);
    }

    @Test
    void refundedItsOrderReturnsAllLinesOrNone() {
        Order kept = ordered(held(2, 1));
        Order back = ordered(held(1, 2));
        assertThat(pay(kept).effect()).isEqualTo(PaymentEffect.APPLIED);
        assertThat(pay(back).effect()).isEqualTo(PaymentEffect.APPLIED);

        assertThat(sale.flashsale.recordPayment().record(Examples.refund(kept.id(), false)))
                .isNotNull();
        assertThat(available()).containsExactly(7, 2);
        assertThat(sale.flashsale.recordPayment().record(Examples.refund(back.id(), true)))
                .isNotNull();

        assertThat(available()).containsExactly(8, 4);
        assertThat(sale.flashsale.viewOrder().view(back.id()))
                .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(OrderStatus.RETURNED));
    }

    @Test
    void operatorsFindItAndItsOrderAmongThoseOfEachProduct() {
        HoldId id = held(2, 3);
        for (ProductId product : List.of(shoe, lace)) {
            assertThat(sale.flashsale
                            .listHolds()
                            .list(product, HoldStatus.ACTIVE, Optional.empty(), PageSize.DEFAULT)
                            .items())
                    .singleElement()
                    .satisfies(hold -> assertThat(hold.id()).isEqualTo(id))
                    .satisfies(hold -> assertThat(hold.items()).hasSize(2));
        }
        Order order = ordered(id);
        for (ProductId product : List.of(shoe, lace)) {
            assertThat(sale.flashsale
                            .listOrders()
                            .list(product, OrderStatus.PENDING, Optional.empty(), PageSize.DEFAULT)
                            .items())
                    .containsExactly(order);
        }
        assertThat(sale.flashsale
                        .listAllOrders()
                        .list(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .containsExactly(order);
    }

    @Test
    void nobodyGetsAtALineByItself() {
        HoldId line = held(2, 3).line(1);

        assertThat(sale.flashsale.viewHold().view(line)).isEmpty();
        assertThat(sale.flashsale.releaseHold().release(line)).isEqualTo(new ReleaseOutcome.UnknownHold(line));
        assertThat(sale.flashsale.placeOrder().place(line)).isEqualTo(new OrderOutcome.UnknownHold(line));
        assertThat(sale.flashsale.extendHold().extend(line)).isEqualTo(new ExtendOutcome.UnknownHold(line));
        assertThat(available()).containsExactly(8, 2);
    }

    @Test
    void itBecomesOneOrderOverTheSumOfItsLines() {
        HoldId id = held(2, 3);

        Order order = ordered(id);

        assertThat(order.amount()).isEqualTo(Examples.PRICE.times(5));
        assertThat(order.items()).containsExactlyInAnyOrder(item(shoe, 2), item(lace, 3));
        assertThat(sale.flashsale.placeOrder().place(id)).isEqualTo(new OrderOutcome.AlreadyPlaced(order));
        assertThat(sale.flashsale.viewOrder().view(order.id())).contains(order);
        assertThat(pay(order).orderStatus()).isEqualTo(OrderStatus.PAID);
        assertThat(available()).containsExactly(8, 2);
    }

    @Test
    void aFailedPaymentReturnsAllLinesAndALateSuccessTakesThemAgain() {
        Order order = ordered(held(2, 3));
        assertThat(sale.recordPayment.record(Examples.failure(order.id()))).isNotNull();
        assertThat(available()).containsExactly(10, 5);

        assertThat(pay(order).effect()).isEqualTo(PaymentEffect.APPLIED);

        assertThat(available()).containsExactly(8, 2);
    }

    @Test
    void aLateSuccessThatFindsOneLineGoneTakesNone() {
        Order order = ordered(held(2, 3));
        assertThat(sale.recordPayment.record(Examples.failure(order.id()))).isNotNull();
        sale.held(lace, 3);

        assertThat(pay(order).effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);

        assertThat(available()).containsExactly(10, 2);
    }

    @Test
    void anOverdueOrderOfWhichOneLineWasReclaimedIsPaidIfThatLineCanBeTakenAgain() {
        Order order = ordered(held(2, 3));
        sale.database.advance(sale.settings.paymentDeadline());
        HoldId others = sale.held(lace, 5);
        assertThat(available()).containsExactly(8, 0);

        RecordedPayment tooEarly = pay(order);
        assertThat(tooEarly.effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(tooEarly.orderStatus()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(sale.flashsale.releaseHold().release(others)).isNotNull();

        assertThat(pay(order).effect()).isEqualTo(PaymentEffect.APPLIED);

        assertThat(available()).containsExactly(8, 2);
        assertThat(sale.database.orders()).extracting(Order::status).containsOnly(OrderStatus.PAID);
    }

    @Test
    void eachLineExpiresForWhoeverNeedsItAndTheHoldHasExpired() {
        HoldId id = held(2, 3);
        sale.database.advance(sale.settings.holdTtl());
        sale.held(lace, 5);

        assertThat(available()).containsExactly(8, 0);
        assertThat(sale.flashsale.placeOrder().place(id)).isInstanceOf(OrderOutcome.HoldExpired.class);
        assertThat(sale.flashsale.expireHolds().expire()).isEqualTo(1);
        assertThat(available()).containsExactly(10, 0);
    }

    @Test
    void overdueOrdersReturnAllTheirLines() {
        Order order = ordered(held(2, 3));
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(sale.flashsale.expireOrders().expire()).isEqualTo(2);

        assertThat(available()).containsExactly(10, 5);
        assertThat(sale.flashsale.viewOrder().view(order.id()))
                .hasValueSatisfying(view -> assertThat(view.status()).isEqualTo(OrderStatus.EXPIRED));
    }

    @Test
    void itIsExtendedWholeAndNotBeyondTheFirstEndOfASale() {
        HoldId id = held(2, 3);
        sale.database.advance(Duration.ofMinutes(1));
        put(
                lace,
                5,
                "EUR",
                new SaleRules(
                        null, null, new SaleWindow(null, sale.database.now().plusSeconds(90))));

        assertThat(sale.flashsale.extendHold().extend(id))
                .isInstanceOfSatisfying(
                        ExtendOutcome.Extended.class,
                        extended -> assertThat(extended.hold().expiresAt())
                                .isEqualTo(sale.database.now().plusSeconds(90)));

        sale.database.advance(Duration.ofSeconds(80));
        assertThat(sale.flashsale.expireHolds().expire()).isZero();
        assertThat(ordered(id).items()).hasSize(2);
    }

    @Test
    void theLimitPerCustomerIsOfEachProduct() {
        put(lace, 5, "EUR", new SaleRules(null, 3, SaleWindow.ALWAYS));
        assertThat(sale.flashsale.placeHold().place(request(ANN, 1, 2))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.flashsale.placeHold().place(request(ANN, 1, 2)))
                .isEqualTo(new HoldOutcome.LimitReached(lace, 3, 2));

        assertThat(sale.flashsale.placeHold().place(request(ANN, 1, 1))).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).containsExactly(8, 2);
    }

    @Test
    void aPriceThatHasComeToBeInAnotherCurrencyIsNoAmount() {
        HoldId id = held(2, 3);
        put(lace, 5, "JPY", SaleRules.NONE);

        assertThat(sale.flashsale.placeOrder().place(id)).isEqualTo(new OrderOutcome.MixedCurrencies(id));

        assertThat(sale.flashsale.placeHold().place(request(null, 1, 1)))
                .isInstanceOf(HoldOutcome.MixedCurrencies.class);
        assertThat(sale.flashsale.releaseHold().release(id)).isInstanceOf(ReleaseOutcome.Released.class);
        assertThat(available()).containsExactly(10, 5);
    }

    @Test
    void itIsPurgedWholeWithItsOrder() {
        Order failed = ordered(held(2, 3));
        assertThat(sale.recordPayment.record(Examples.failure(failed.id()))).isNotNull();
        Order owed = ordered(held(1, 1));
        assertThat(sale.recordPayment.record(Examples.failure(owed.id()))).isNotNull();
        sale.held(lace, 5);
        assertThat(pay(owed).effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(sale.flashsale.releaseHold().release(held(1, 0))).isNotNull();
        sale.database.advance(Duration.ofDays(60));

        assertThat(sale.flashsale
                        .purgeEnded()
                        .purge(new Page(Duration.ofDays(30), 100, Optional.empty(), false))
                        .removed())
                .isEqualTo(new Removed(3, 2, 1));

        assertThat(sale.flashsale.viewOrder().view(owed.id()))
                .hasValueSatisfying(order -> assertThat(order.items()).hasSize(2));
        assertThat(sale.flashsale.viewOrder().view(failed.id())).isEmpty();
    }

    @Test
    void whatIsKnownToBeSoldOutIsRefusedFromMemory() {
        Sale remembering = new Sale();
        ProductId gone = remembering.productOnSale(1);
        ProductId left = remembering.productOnSale(1);
        Flashsale flashsale = Flashsale.on(remembering.ports, remembering.settings);
        assertThat(flashsale.placeHold().place(new HoldRequest(flashsale.newHoldId(), gone, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.placeHold().place(new HoldRequest(flashsale.newHoldId(), gone, new Quantity(1))))
                .isInstanceOf(HoldOutcome.AllHeld.class);

        HoldOutcome refused = flashsale
                .placeHold()
                .place(HoldRequest.of(flashsale.newHoldId(), List.of(item(gone, 1), item(left, 1)), null));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        HoldOutcome.LinesShort.class,
                        missing -> assertThat(missing.lines())
                                .extracting(HoldOutcome.Shortage::productId)
                                .containsExactly(gone));
        assertThat(flashsale.placeHold().place(new HoldRequest(flashsale.newHoldId(), left, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    private void put(ProductId id, int total, String currency, SaleRules rules) {
        Product product = new Product(id, "Lace", Money.of("19", currency));
        assertThat(sale.putProduct.put(product, total, rules)).isInstanceOf(AdjustOutcome.Adjusted.class);
    }

    private RecordedPayment pay(Order order) {
        if (!(sale.recordPayment.record(Examples.success(order.id())) instanceof PaymentOutcome.Recorded recorded)) {
            throw new AssertionError("not recorded: " + order);
        }
        return recorded.payment();
    }

    private Order ordered(HoldId id) {
        if (!(sale.flashsale.placeOrder().place(id) instanceof OrderOutcome.Placed placed)) {
            throw new AssertionError("not ordered: " + id);
        }
        return placed.order();
    }

    private HoldId held(int shoes, int laces) {
        HoldRequest request = laces == 0
                ? new HoldRequest(Examples.newHoldId(), shoe, new Quantity(shoes))
                : request(null, shoes, laces);
        assertThat(sale.flashsale.placeHold().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private HoldRequest request(@Nullable CustomerId customer, int shoes, int laces) {
        return HoldRequest.of(Examples.newHoldId(), List.of(item(lace, laces), item(shoe, shoes)), customer);
    }

    private static Item item(ProductId product, int pieces) {
        return new Item(product, new Quantity(pieces));
    }

    private List<Integer> available() {
        return List.of(sale.available(shoe), sale.available(lace));
    }
}
