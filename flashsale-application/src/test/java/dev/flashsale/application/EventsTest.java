package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a sale does is told to whoever subscribed, once it is committed, and kept in the order of each product. */
final class EventsTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final Duration WEEK = Duration.ofDays(7);

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(3);
    private final List<SaleEvent> told = new ArrayList<>();
    private final Flashsale flashsale = selling(EnumSet.allOf(EventKind.class));

    private Flashsale selling(Set<EventKind> kept) {
        Settings settings = sale.settings.toBuilder().keptEvents(kept).build().withoutMemory();
        return Flashsale.on(sale.ports, settings, SaleListener.NONE, told::addAll);
    }

    private HoldId held(int pieces) {
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), Lines.of(product, new Quantity(pieces)), ANN);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private Order ordered(int pieces) {
        return ((OrderOutcome.Placed) flashsale.orders().place(held(pieces))).order();
    }

    private List<EventKind> kinds() {
        List<EventKind> kinds = told.stream().map(SaleEvent::kind).toList();
        told.clear();
        return kinds;
    }

    private List<KeptEvent> kept(ProductId id) {
        return flashsale.events().after(id.value(), 0, 1000);
    }

    @Test
    void aHoldIsToldFromItsBeginningToItsEnd() {
        HoldId id = held(1);
        assertThat(kinds()).containsExactly(EventKind.HOLD_PLACED, EventKind.STOCK_CHANGED);

        sale.database.advance(Duration.ofSeconds(1));
        assertThat(flashsale.holds().extend(id)).isNotNull();
        assertThat(kinds()).containsExactly(EventKind.HOLD_CHANGED);

        assertThat(flashsale.holds().change(new ChangeRequest(id, Lines.of(product, new Quantity(3)))))
                .isNotNull();
        assertThat(kinds())
                .containsExactlyInAnyOrder(EventKind.HOLD_CHANGED, EventKind.STOCK_CHANGED, EventKind.SOLD_OUT);

        assertThat(flashsale.holds().release(id)).isNotNull();
        assertThat(told.getFirst()).isInstanceOfSatisfying(SaleEvent.HoldReleased.class, released -> {
            assertThat(released.holdId()).isEqualTo(id);
            assertThat(released.customerId()).isEqualTo(ANN);
            assertThat(released.lines().piecesOf(product)).isEqualTo(3);
        });
        assertThat(kinds()).containsExactly(EventKind.HOLD_RELEASED, EventKind.STOCK_CHANGED);
    }

    @Test
    void whatIsOverIsToldWhenItsPiecesReturn() {
        HoldId hold = held(1);
        Order order = ordered(2);
        told.clear();
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(told.getFirst())
                .isInstanceOfSatisfying(
                        SaleEvent.HoldExpired.class,
                        expired -> assertThat(expired.holdId()).isEqualTo(hold));
        assertThat(kinds()).containsExactly(EventKind.HOLD_EXPIRED, EventKind.STOCK_CHANGED);

        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(told.getFirst()).isInstanceOfSatisfying(SaleEvent.OrderExpired.class, expired -> {
            assertThat(expired.orderId()).isEqualTo(order.id());
            assertThat(expired.customerId()).isEqualTo(ANN);
            assertThat(expired.returned().piecesOf(product)).isEqualTo(2);
        });
    }

    @Test
    void anOrderIsToldWithItsCustomerUntilItsMoneyIsBack() {
        Order order = ordered(2);
        told.clear();
        Payment paid = Examples.success(order.id());
        assertThat(flashsale.payments().record(paid)).isNotNull();
        assertThat(told).singleElement().isInstanceOfSatisfying(SaleEvent.OrderPaid.class, event -> {
            assertThat(event.order().id()).isEqualTo(order.id());
            assertThat(event.customerId()).isEqualTo(ANN);
        });
        told.clear();

        assertThat(flashsale.payments().record(part(order, Examples.PRICE.amount())))
                .isNotNull();
        assertThat(told).first().isInstanceOfSatisfying(SaleEvent.OrderRefunded.class, event -> {
            assertThat(event.amount()).isEqualByComparingTo(Examples.PRICE.amount());
            assertThat(event.returned()).containsExactly(new Item(product, new Quantity(1)));
            assertThat(event.order().status().takesStock()).isTrue();
        });
        assertThat(kinds()).containsExactly(EventKind.ORDER_REFUNDED, EventKind.STOCK_CHANGED);

        assertThat(flashsale.payments().record(Examples.refund(order.id(), true)))
                .isNotNull();
        assertThat(told).first().isInstanceOfSatisfying(SaleEvent.OrderRefunded.class, rest -> {
            assertThat(rest.order().status()).isEqualTo(OrderStatus.RETURNED);
            assertThat(rest.amount()).isEqualByComparingTo(Examples.PRICE.amount());
            assertThat(rest.returned())
                    .as("the other came back before")
                    .containsExactly(new Item(product, new Quantity(1)));
        });
    }

    private Payment part(Order order, BigDecimal amount) {
        return new Payment(
                        Examples.newTransactionId(),
                        order.id(),
                        PaymentStatus.REFUNDED,
                        amount,
                        Examples.PRICE.currency(),
                        null,
                        true)
                .ofPieces(List.of(new Item(product, new Quantity(1))));
    }

    @Test
    void moneyThatNoOrderCanUseIsToldUntilItIsBack() {
        Order order = ordered(1);
        assertThat(flashsale.payments().record(Examples.success(order.id()))).isNotNull();
        told.clear();
        Payment second = Examples.success(order.id());

        assertThat(flashsale.payments().record(second)).isNotNull();
        assertThat(told).singleElement().isInstanceOfSatisfying(SaleEvent.RefundRequired.class, event -> {
            assertThat(event.transactionId()).isEqualTo(second.transactionId());
            assertThat(event.amount()).isEqualByComparingTo(Examples.PRICE.amount());
            assertThat(event.products()).containsExactly(product);
        });
        told.clear();

        assertThat(flashsale.operator(new Cause("bob", "by bank")).refundDone(second.transactionId()))
                .isNotNull();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        SaleEvent.RefundDone.class,
                        event -> assertThat(event.transactionId()).isEqualTo(second.transactionId()));
    }

    @Test
    void moneyOfAnOrderThatNeverCameIsOfNoProduct() {
        Payment early = Examples.success(Examples.unknownOrderId());
        assertThat(flashsale.payments().record(early)).isNotNull();
        assertThat(kinds()).isEmpty();
        sale.database.advance(sale.settings.paymentKeep());

        assertThat(flashsale.housekeeping().expireKeptPayments()).isEqualTo(1);

        assertThat(kinds()).containsExactly(EventKind.REFUND_REQUIRED);
        assertThat(flashsale.events().after(Events.NO_PRODUCT, 0, 10))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.payload()).contains("\"transaction_id\":\"" + early.transactionId() + "\""));
    }

    @Test
    void failedAndCancelledOrdersAreTold() {
        Order failed = ordered(1);
        told.clear();
        assertThat(flashsale.payments().record(Examples.failure(failed.id()))).isNotNull();
        assertThat(kinds()).containsExactlyInAnyOrder(EventKind.ORDER_FAILED, EventKind.STOCK_CHANGED);

        Order cancelled = ordered(1);
        told.clear();
        assertThat(flashsale.operator(new Cause("bob", "fraud")).cancel(cancelled.id()))
                .isNotNull();
        assertThat(kinds()).containsExactly(EventKind.ORDER_CANCELLED, EventKind.STOCK_CHANGED);
    }

    @Test
    void ofAProductWhatIsKeptIsNumberedWithoutAGap() {
        ProductId other = sale.productOnSale(5);
        told.clear();
        HoldRequest both = new HoldRequest(
                flashsale.holds().newId(),
                Lines.of(List.of(new Item(other, new Quantity(1)), new Item(product, new Quantity(1)))),
                null);
        assertThat(flashsale.holds().place(both)).isInstanceOf(HoldOutcome.Placed.class);
        HoldId single = held(1);
        assertThat(flashsale.holds().release(single)).isNotNull();
        assertThat(flashsale.orders().place(both.holdId())).isNotNull();

        for (ProductId each : List.of(product, other)) {
            List<KeptEvent> events = kept(each);
            assertThat(events.stream().map(KeptEvent::number))
                    .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
            assertThat(flashsale.events().lastNumbers()).containsEntry(each.value(), (long) events.size());
        }
        KeptEvent ofBoth = kept(product).getFirst();
        assertThat(ofBoth.kind()).isEqualTo(EventKind.HOLD_PLACED);
        assertThat(kept(other)).extracting(KeptEvent::id).contains(ofBoth.id());
        assertThat(told.stream().map(event -> event.stamp().id()).collect(Collectors.toSet()))
                .hasSameSizeAs(told);
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        sale.transactions.meet(Fate.ROLLED_BACK);
        HoldId unused = held(1);

        assertThat(kinds()).containsExactly(EventKind.HOLD_PLACED, EventKind.STOCK_CHANGED);
        assertThat(kept(product)).extracting(KeptEvent::number).containsExactly(1L, 2L);
    }

    @Test
    void whatWasCommittedUnheardIsKeptOnce() {
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);
        HoldId unused = held(1);

        assertThat(kept(product))
                .extracting(KeptEvent::kind)
                .containsExactly(EventKind.HOLD_PLACED, EventKind.STOCK_CHANGED);
    }

    @Test
    void onlyWhatSomebodySubscribedToIsKept() {
        Flashsale some = selling(Set.of(EventKind.ORDER_PLACED));
        assertThat(some.events().kept()).containsExactly(EventKind.ORDER_PLACED);
        HoldId hold = Examples.newHoldId();
        assertThat(some.holds().place(new HoldRequest(hold, product, new Quantity(1))))
                .isNotNull();
        assertThat(told).allSatisfy(event -> assertThat(event.stamp().id()).isNull());

        assertThat(some.orders().place(hold)).isNotNull();
        assertThat(kept(product)).extracting(KeptEvent::kind).containsExactly(EventKind.ORDER_PLACED);

        some.events().subscribe(Set.of(EventKind.HOLD_PLACED));
        assertThat(some.holds().place(new HoldRequest(Examples.newHoldId(), product, new Quantity(1))))
                .isNotNull();
        some.events().subscribe(Set.of());
        assertThat(some.holds().place(new HoldRequest(Examples.newHoldId(), product, new Quantity(1))))
                .isNotNull();
        assertThat(kept(product))
                .extracting(KeptEvent::kind)
                .containsExactly(EventKind.ORDER_PLACED, EventKind.HOLD_PLACED);
    }

    @Test
    void aListenerThatFailsHarmsNothing() {
        Flashsale failing = Flashsale.on(sale.ports, sale.settings, SaleListener.NONE, events -> {
            throw new IllegalStateException("a listener's");
        });

        assertThat(failing.holds().place(Examples.request(product, 1))).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void oldEventsAreForgotten() {
        HoldId unused = held(1);
        sale.database.advance(WEEK);
        HoldId other = held(1);

        assertThat(flashsale.events().forget(WEEK)).isGreaterThanOrEqualTo(2);
        assertThat(flashsale.events().forget(WEEK)).isZero();
        assertThat(kept(product))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.number()).isGreaterThan(2));
        assertThat(other).isNotNull();
        assertThatThrownBy(() -> flashsale.events().forget(Duration.ZERO)).hasMessageContaining("above 0");
    }

    @Test
    void theEndOfAHoldIsAnnouncedOnceForEachEndThatItHas() {
        Duration lead = Duration.ofSeconds(30);
        HoldId hold = held(1);
        assertThat(flashsale.events().announceEnds(lead)).isZero();
        sale.database.advance(sale.settings.holdTtl().minus(lead));
        told.clear();

        assertThat(flashsale.events().announceEnds(lead)).isEqualTo(1);
        assertThat(flashsale.events().announceEnds(lead)).isZero();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        SaleEvent.HoldEnding.class,
                        ending -> assertThat(ending.holdId()).isEqualTo(hold));
        told.clear();

        assertThat(flashsale.holds().extend(hold)).isNotNull();
        assertThat(flashsale.events().announceEnds(lead)).isZero();
        sale.database.advance(sale.settings.holdTtl().minusSeconds(1));
        assertThat(flashsale.events().announceEnds(lead)).isEqualTo(1);

        assertThat(Flashsale.on(sale.ports, sale.settings).events().announceEnds(lead))
                .isZero();
    }
}
