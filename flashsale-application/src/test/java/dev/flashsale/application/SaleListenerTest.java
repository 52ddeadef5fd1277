package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleListenerTest {

    private static final Cause CAUSE = new Cause("ann", "fraud");

    private final List<String> told = new ArrayList<>();
    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(2);
    private final Flashsale flashsale = Flashsale.on(sale.ports, sale.settings, new Noting());

    @Test
    void isToldEachBatchWithItsOutcomes() {
        HoldId first = hold();
        HoldId second = hold();
        assertThat(flashsale.holds().extend(first)).isInstanceOf(ExtendOutcome.Extended.class);
        assertThat(flashsale.holds().release(second)).isInstanceOf(ReleaseOutcome.Released.class);
        OrderOutcome order = flashsale.orders().place(first);
        Payment payment = Examples.success(((OrderOutcome.Placed) order).order().id());
        assertThat(flashsale.payments().record(payment)).isInstanceOf(PaymentOutcome.Recorded.class);
        assertThat(flashsale.payments().record(payment)).isInstanceOf(PaymentOutcome.AlreadyRecorded.class);

        assertThat(told)
                .containsExactly(
                        "HOLD 1 [Placed]",
                        "HOLD 1 [Placed]",
                        "EXTENSION 1 [Extended]",
                        "RELEASE 1 [Released]",
                        "ORDER 1 [Placed]",
                        "PAYMENT 1 [Recorded]",
                        "PAYMENT 1 [AlreadyRecorded]");
    }

    @Test
    void isToldWhatOnlyMemoryRefuses() {
        hold();
        hold();
        told.clear();

        for (int i = 0; i < 2; i++) {
            assertThat(flashsale.holds().place(request())).isInstanceOf(HoldOutcome.AllHeld.class);
            awaitNextMillisecond();
        }

        assertThat(told).containsExactly("HOLD 1 [AllHeld]", "from memory AllHeld");
    }

    /** Only an id of a later millisecond is refused from memory. */
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    @Test
    void isToldWhatIsCommittedOnceHoweverOftenItWasTried() {
        hold();
        hold();
        sale.database.advance(sale.settings.holdTtl());
        told.clear();
        sale.transactions.meet(Fate.ROLLED_BACK);

        hold();

        assertThat(told).containsExactly("retried", "reclaimed 1", "HOLD 1 [Placed]");
    }

    @Test
    void isToldOfABatchThatCouldNotBeDoneAndNothingOfWhatItTried() {
        hold();
        hold();
        sale.database.advance(sale.settings.holdTtl());
        told.clear();
        sale.transactions.meet(Fate.ROLLED_BACK, Fate.ROLLED_BACK, Fate.ROLLED_BACK);

        assertThatThrownBy(this::hold).isInstanceOf(Busy.class);

        assertThat(told).containsExactly("retried", "retried", "busy HOLD 1 CONTENTION");
    }

    @Test
    void isToldWhatTheSweeperEnds() {
        hold();
        HoldId ordered = hold();
        assertThat(flashsale.orders().place(ordered)).isInstanceOf(OrderOutcome.Placed.class);
        sale.database.advance(sale.settings.paymentDeadline());
        told.clear();

        assertThat(flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(flashsale.housekeeping().expireHolds()).isZero();

        assertThat(told).containsExactly("holds expired 1", "orders expired 1");
    }

    @Test
    void isToldOfACancellationOnce() {
        OrderOutcome order = flashsale.orders().place(hold());
        OrderId id = ((OrderOutcome.Placed) order).order().id();
        told.clear();

        assertThat(flashsale.operator(CAUSE).cancel(id)).isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(flashsale.operator(CAUSE).cancel(id)).isInstanceOf(CancelOutcome.Cancelled.class);

        assertThat(told).containsExactly("cancelled " + id);
    }

    @Test
    void isToldWhatKeptPaymentsDoOnceTheirOrderComes() {
        HoldId hold = hold();
        Payment early = Examples.success(new OrderId(1));
        assertThat(flashsale.payments().record(early)).isInstanceOf(PaymentOutcome.Recorded.class);
        told.clear();

        assertThat(flashsale.orders().place(hold)).isInstanceOf(OrderOutcome.Placed.class);

        assertThat(told).containsExactly("settled APPLIED", "ORDER 1 [Placed]");
    }

    @Test
    void harmsNobodyByItsOwnFailure() {
        Flashsale unlucky = Flashsale.on(sale.ports, sale.settings, new SaleListener() {
            @Override
            public void holds(Batch batch, List<HoldOutcome> outcomes) {
                throw new IllegalStateException("out of order");
            }
        });

        assertThat(unlucky.holds().place(request())).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(sale.available(product)).isEqualTo(1);
    }

    private HoldId hold() {
        HoldOutcome outcome = flashsale.holds().place(request());
        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        return ((HoldOutcome.Placed) outcome).holdId();
    }

    private HoldRequest request() {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(1));
    }

    private final class Noting implements SaleListener {

        @Override
        public void orderCancelled(Order order) {
            told.add("cancelled " + order.id());
        }

        @Override
        public void keptPaymentsSettled(List<RecordedPayment> payments) {
            payments.forEach(payment -> told.add("settled " + payment.effect()));
        }

        private void note(Batch batch, List<?> outcomes) {
            assertThat(batch.took()).isPositive();
            told.add(batch.kind() + " " + batch.size() + " "
                    + outcomes.stream()
                            .map(outcome -> outcome.getClass().getSimpleName())
                            .toList());
        }

        @Override
        public void holds(Batch batch, List<HoldOutcome> outcomes) {
            note(batch, outcomes);
        }

        @Override
        public void releases(Batch batch, List<ReleaseOutcome> outcomes) {
            note(batch, outcomes);
        }

        @Override
        public void extensions(Batch batch, List<ExtendOutcome> outcomes) {
            note(batch, outcomes);
        }

        @Override
        public void orders(Batch batch, List<OrderOutcome> outcomes) {
            note(batch, outcomes);
        }

        @Override
        public void payments(Batch batch, List<PaymentOutcome> outcomes) {
            note(batch, outcomes);
        }

        @Override
        public void busy(Batch batch, Trouble why) {
            told.add("busy " + batch.kind() + " " + batch.size() + " " + why);
        }

        @Override
        public void refusedFromMemory(HoldOutcome refusal) {
            told.add("from memory " + refusal.getClass().getSimpleName());
        }

        @Override
        public void retried() {
            told.add("retried");
        }

        @Override
        public void holdsExpired(int holds) {
            told.add("holds expired " + holds);
        }

        @Override
        public void ordersExpired(int orders) {
            told.add("orders expired " + orders);
        }

        @Override
        public void reclaimed(int pieces) {
            told.add("reclaimed " + pieces);
        }
    }
}
