package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Purge.Removed;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
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
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
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
    void aRepetitionGetsTheSameHoldEvenIfNothingIsLeft() {
        HoldRequest request = request(null, 10, 5);
        HoldOutcome first = sale.flashsale.holds().place(request);
        assertThat(first).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.flashsale.holds().place(request)).isEqualTo(first);
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);
        assertThat(sale.flashsale.holds().place(request)).isEqualTo(first);
        assertThat(sale.flashsale.holds().place(new HoldRequest(request.holdId(), shoe, new Quantity(10))))
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
        assertThat(sale.placeHold.all(ofOne)).hasSize(2).hasOnlyElementsOfType(HoldOutcome.Placed.class);
        assertThat(ofOne.requests()).containsExactly(first, oneShoe);

        Batch<HoldRequest> ofBoth = Batch.of(
                List.of(both),
                fits -> List.of(request(null, 1, 1), oneLace).stream()
                        .filter(fits)
                        .toList());
        assertThat(sale.placeHold.all(ofBoth)).hasSize(2).hasOnlyElementsOfType(HoldOutcome.Placed.class);
        assertThat(ofBoth.requests()).containsExactly(both, oneLace);
        assertThat(available()).containsExactly(7, 3);
    }

    @Test
    void inABatchTheFirstComeAreServedFirstAcrossItsProducts() {
        HoldRequest laces = new HoldRequest(Examples.newHoldId(), lace, new Quantity(4));
        HoldRequest both = request(null, 1, 2);
        HoldRequest shoes = new HoldRequest(Examples.newHoldId(), shoe, new Quantity(10));
        HoldRequest unknown = new HoldRequest(
                Examples.newHoldId(), Lines.of(List.of(item(shoe, 1), item(Examples.newProductId(), 1))), null);

        assertThat(sale.placeHold.all(Batch.of(List.of(laces, both, shoes, unknown))))
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
        HoldRequest swapped =
                new HoldRequest(Examples.newHoldId(), Lines.of(List.of(item(shoe, 2), item(lace, 3))), null);

        KeyedOutcome<HoldOutcome> first = sale.flashsale.holds().place(request(null, 2, 3), key);

        HoldOutcome placed = ((KeyedOutcome.First<HoldOutcome>) first).outcome();
        assertThat(sale.flashsale.holds().place(swapped, key)).isEqualTo(new KeyedOutcome.Replayed<>(placed));
        assertThat(sale.flashsale.holds().place(request(null, 2, 2), key)).isEqualTo(new KeyedOutcome.KeyReused<>(key));
        assertThat(sale.flashsale.holds().place(new HoldRequest(Examples.newHoldId(), shoe, new Quantity(2)), key))
                .isEqualTo(new KeyedOutcome.KeyReused<>(key));
        assertThat(available()).containsExactly(8, 2);
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
        assertThat(sale.flashsale.holds().release(others)).isNotNull();

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
        assertThat(sale.flashsale.orders().place(id)).isInstanceOf(OrderOutcome.HoldExpired.class);
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(available()).containsExactly(10, 0);
    }

    @Test
    void overdueOrdersReturnAllTheirLines() {
        Order order = ordered(held(2, 3));
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(sale.flashsale.housekeeping().expireOrders()).isEqualTo(2);

        assertThat(available()).containsExactly(10, 5);
        assertThat(sale.flashsale.orders().view(order.id()))
                .hasValueSatisfying(view -> assertThat(view.order().status()).isEqualTo(OrderStatus.EXPIRED));
    }

    @Test
    void itIsPurgedWholeWithItsOrder() {
        Order failed = ordered(held(2, 3));
        assertThat(sale.recordPayment.one(Examples.failure(failed.id()))).isNotNull();
        Order owed = ordered(held(1, 1));
        assertThat(sale.recordPayment.one(Examples.failure(owed.id()))).isNotNull();
        sale.held(lace, 5);
        assertThat(pay(owed).effect()).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(sale.flashsale.holds().release(held(1, 0))).isNotNull();
        sale.database.advance(Duration.ofDays(60));

        assertThat(sale.flashsale
                        .housekeeping()
                        .purge(new Purge(Duration.ofDays(30), 100, Optional.empty(), false))
                        .removed())
                .isEqualTo(new Removed(2, 1, 1));

        assertThat(sale.flashsale.orders().view(owed.id()))
                .hasValueSatisfying(
                        view -> assertThat(view.order().lines().items()).hasSize(2));
        assertThat(sale.flashsale.orders().view(failed.id())).isEmpty();
    }

    @Test
    void whatIsKnownToBeSoldOutIsRefusedFromMemory() {
        Sale remembering = new Sale();
        ProductId gone = remembering.productOnSale(1);
        ProductId left = remembering.productOnSale(1);
        Flashsale flashsale = Flashsale.on(remembering.ports, remembering.settings);
        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), gone, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), gone, new Quantity(1))))
                .isInstanceOf(HoldOutcome.AllHeld.class);

        HoldOutcome refused = flashsale
                .holds()
                .place(new HoldRequest(
                        flashsale.holds().newId(), Lines.of(List.of(item(gone, 1), item(left, 1))), null));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        HoldOutcome.LinesShort.class,
                        missing -> assertThat(missing.lines())
                                .extracting(HoldOutcome.Shortage::productId)
                                .containsExactly(gone));
        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), left, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    private void put(ProductId id, int total, String currency, SaleRules rules) {
        Product product = new Product(id, "Lace", Money.of("19", currency));
        assertThat(sale.flashsale.products().put(product, total, rules)).isInstanceOf(AdjustOutcome.Adjusted.class);
    }

    private RecordedPayment pay(Order order) {
        if (!(sale.recordPayment.one(Examples.success(order.id())) instanceof PaymentOutcome.Recorded recorded)) {
            throw new AssertionError("not recorded: " + order);
        }
        return recorded.payment();
    }

    private Order ordered(HoldId id) {
        if (!(sale.flashsale.orders().place(id) instanceof OrderOutcome.Placed placed)) {
            throw new AssertionError("not ordered: " + id);
        }
        return placed.order();
    }

    private HoldId held(int shoes, int laces) {
        HoldRequest request = laces == 0
                ? new HoldRequest(Examples.newHoldId(), shoe, new Quantity(shoes))
                : request(null, shoes, laces);
        assertThat(sale.flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private HoldRequest request(@Nullable CustomerId customer, int shoes, int laces) {
        return new HoldRequest(Examples.newHoldId(), Lines.of(List.of(item(lace, laces), item(shoe, shoes))), customer);
    }

    private static Item item(ProductId product, int pieces) {
        return new Item(product, new Quantity(pieces));
    }

    private List<Integer> available() {
        return List.of(sale.available(shoe), sale.available(lace));
    }
}
