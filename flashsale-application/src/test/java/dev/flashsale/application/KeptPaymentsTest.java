package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Audits.Mend;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.payment.RecordPaymentService;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gateways may be faster than the order. */
final class KeptPaymentsTest {

    /** The number that a fresh database gives to its first order. */
    private static final OrderId FIRST = new OrderId(1);

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);
    private final HoldId hold = sale.held(product, 3);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aPaymentWithoutAnOrderIsKeptAndListedByTheAudit() {
        Payment early = Examples.success(FIRST);
        RecordedPayment kept = RecordedPayment.kept(early);

        assertThat(sale.recordPayment.one(early)).isEqualTo(new PaymentOutcome.Recorded(kept));
        assertThat(sale.recordPayment.one(early)).isEqualTo(new PaymentOutcome.AlreadyRecorded(kept));

        assertThat(sale.flashsale.audits().audit().kept())
                .singleElement()
                .satisfies(listed -> assertThat(listed.transactionId()).isEqualTo(early.transactionId()));
    }

    @Test
    void aKeptSuccessMakesTheOrderPaid() {
        Payment early = Examples.success(FIRST);
        record(early);

        Order order = placed();

        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.stored(FIRST)).isEqualTo(order);
        assertThat(sale.payments())
                .containsExactly(new RecordedPayment(early, PaymentEffect.APPLIED, OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
        assertThat(sale.recordPayment.one(early))
                .isEqualTo(new PaymentOutcome.AlreadyRecorded(sale.payments().get(0)));
    }

    @Test
    void aKeptFailureReturnsThePieces() {
        record(Examples.failure(FIRST));

        assertThat(placed().status()).isEqualTo(OrderStatus.FAILED);
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void keptPaymentsTakeEffectInTheOrderInWhichTheyCame() {
        Payment failure = Examples.failure(FIRST);
        Payment success = Examples.success(FIRST);
        Payment second = Examples.success(FIRST);
        record(failure);
        record(success);
        record(second);

        assertThat(placed().status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.payments())
                .containsExactly(
                        new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED),
                        new RecordedPayment(success, PaymentEffect.APPLIED, OrderStatus.PAID),
                        new RecordedPayment(second, PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void aKeptFailureAfterASuccessIsIgnored() {
        record(Examples.success(FIRST));
        record(Examples.failure(FIRST));

        assertThat(placed().status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.payments())
                .extracting(RecordedPayment::effect)
                .containsExactly(PaymentEffect.APPLIED, PaymentEffect.IGNORED);
    }

    @Test
    void aKeptPaymentOfAnotherAmountRequiresARefund() {
        record(new Payment(Examples.newTransactionId(), FIRST, PaymentStatus.SUCCESS, BigDecimal.ONE, null));

        assertThat(placed().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(sale.payments()).extracting(RecordedPayment::effect).containsExactly(PaymentEffect.REFUND_REQUIRED);
    }

    @Test
    void paymentsKeptForOtherOrdersStayKept() {
        record(Examples.success(new OrderId(2)));

        assertThat(placed().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(sale.payments()).extracting(RecordedPayment::effect).containsExactly(PaymentEffect.KEPT);
    }

    @Test
    void keptPaymentsOfABatchOfOrdersFindTheirOrders() {
        HoldId other = sale.held(product, 2);
        record(Examples.failure(new OrderId(2)));
        record(Examples.success(FIRST));

        List<OrderOutcome> outcomes = sale.placeOrder.all(List.of(hold, other));

        Order first = sale.stored(FIRST);
        Order second = sale.stored(new OrderId(2));
        assertThat(first.status()).isEqualTo(OrderStatus.PAID);
        assertThat(second.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(outcomes).containsExactlyInAnyOrder(new OrderOutcome.Placed(first), new OrderOutcome.Placed(second));
    }

    @Test
    void aSuccessWhoseOrderDoesNotComeIsMoneyToGiveBackAndAFailureIsIgnored() {
        Payment success = Examples.success(FIRST);
        Payment failure = Examples.failure(FIRST);
        record(success);
        record(failure);
        List<KeptPayment> waiting = sale.flashsale
                .lists()
                .keptPayments(Optional.empty(), PageSize.DEFAULT)
                .items();
        assertThat(waiting).extracting(KeptPayment::payment).containsExactly(success, failure);
        sale.database.advance(sale.settings.paymentKeep().minusNanos(1000));
        assertThat(sale.flashsale.housekeeping().expireKeptPayments()).isZero();

        sale.database.advance(Duration.ofNanos(1000));
        assertThat(waiting).allSatisfy(kept -> {
            assertThat(kept.receivedAt()).isEqualTo(sale.database.now().minus(sale.settings.paymentKeep()));
            assertThat(kept.givenUpAt()).isEqualTo(sale.database.now());
        });
        assertThat(sale.flashsale.housekeeping().expireKeptPayments()).isEqualTo(2);
        assertThat(sale.flashsale
                        .lists()
                        .keptPayments(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .isEmpty();
        assertThat(sale.flashsale.housekeeping().expireKeptPayments()).isZero();

        RecordedPayment owed = new RecordedPayment(success, PaymentEffect.REFUND_REQUIRED, null);
        assertThat(sale.payments()).containsExactly(owed, new RecordedPayment(failure, PaymentEffect.IGNORED, null));
        assertThat(sale.recordPayment.one(success)).isEqualTo(new PaymentOutcome.AlreadyRecorded(owed));
        assertThat(sale.flashsale
                        .lists()
                        .refunds(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .singleElement()
                .satisfies(refund -> assertThat(refund.why()).isEqualTo(RefundReason.NO_ORDER));
    }

    @Test
    void anOrderThatComesAfterItsPaymentWasGivenUpIsNotPaidByIt() {
        record(Examples.success(FIRST));
        sale.database.advance(sale.settings.paymentKeep());
        assertThat(sale.flashsale.housekeeping().expireKeptPayments()).isEqualTo(1);

        assertThat(sale.ordered(product, 1).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(sale.payments()).extracting(RecordedPayment::effect).containsExactly(PaymentEffect.REFUND_REQUIRED);
    }

    @Test
    void keptPaymentsAreGivenUpInBatches() {
        Sale small = Sale.expiringInBatchesOf(2);
        for (int i = 0; i < 3; i++) {
            assertThat(small.recordPayment.one(Examples.failure(FIRST))).isNotNull();
        }
        small.database.advance(small.settings.paymentKeep());

        assertThat(small.flashsale.housekeeping().expireKeptPayments()).isEqualTo(2);
        assertThat(small.flashsale.housekeeping().expireKeptPayments()).isEqualTo(1);
        assertThat(small.flashsale.housekeeping().expireKeptPayments()).isZero();
    }

    /** The order is committed by another transaction while the payment waits for its own insert. */
    @Test
    void aPaymentWhoseOrderAppearsWhileItIsBeingKeptIsDecidedAtOnce() {
        Payment early = Examples.success(FIRST);
        Payment other = Examples.failure(FIRST);
        Directly<Payment, PaymentOutcome> racing = paymentsThatMeetTheOrderOnInsert();

        List<PaymentOutcome> outcomes = racing.all(List.of(early, other));

        RecordedPayment applied = new RecordedPayment(early, PaymentEffect.APPLIED, OrderStatus.PAID);
        RecordedPayment ignored = new RecordedPayment(other, PaymentEffect.IGNORED, OrderStatus.PAID);
        assertThat(outcomes)
                .containsExactly(new PaymentOutcome.Recorded(applied), new PaymentOutcome.Recorded(ignored));
        assertThat(sale.payments()).containsExactly(applied, ignored);
        assertThat(sale.stored(FIRST).status()).isEqualTo(OrderStatus.PAID);
    }

    private Directly<Payment, PaymentOutcome> paymentsThatMeetTheOrderOnInsert() {
        PaymentRepository payments = sale.ports.payments();
        PaymentRepository racing = new PaymentRepository() {
            @Override
            public Map<ReportId, RecordedPayment> lock(Set<TransactionId> ids) {
                return payments.lock(ids);
            }

            @Override
            public void insert(Collection<RecordedPayment> fresh) {
                if (!fresh.isEmpty()) {
                    placed();
                }
                payments.insert(fresh);
            }

            @Override
            public List<Payment> lockKept(Set<OrderId> orderIds) {
                return payments.lockKept(orderIds);
            }

            @Override
            public void settle(Collection<RecordedPayment> settled) {
                payments.settle(settled);
            }

            @Override
            public List<RecordedPayment> lockOf(OrderId orderId) {
                return payments.lockOf(orderId);
            }

            @Override
            public Set<TransactionId> openRefunds(Set<TransactionId> ids) {
                return payments.openRefunds(ids);
            }

            @Override
            public void refundDone(Set<TransactionId> ids) {
                payments.refundDone(ids);
            }

            @Override
            public void listConflicts(Collection<ConflictingReport> reports) {
                payments.listConflicts(reports);
            }

            @Override
            public boolean resolveConflict(long number) {
                return payments.resolveConflict(number);
            }
        };
        Ports ports = new Ports(
                sale.ports,
                sale.ports.products(),
                sale.ports.stocks(),
                sale.ports.holds(),
                sale.ports.orders(),
                racing,
                sale.ports.audits(),
                sale.ports.operatorLog(),
                sale.ports.idempotencyKeys());
        return new Directly<>(
                ports,
                new RecordPaymentService(new Settlement(
                        new StockReturns(500, StockWrites.UNWATCHED, Notifications.NONE, Failures.UNTOLD),
                        StockWrites.UNWATCHED,
                        Notifications.NONE,
                        sale.settings.retryGrace())));
    }

    /** On two members of a cluster, neither of which sees what the other does at this moment. */
    @Test
    void aPaymentThatIsKeptThoughItsOrderExistsTakesEffectInTheNextPass() {
        Order order = sale.ordered(product, 2);
        Payment unseen = keptUnseen(order);

        assertThat(told().housekeeping().settleKeptPayments()).isEqualTo(1);
        assertThat(told().housekeeping().settleKeptPayments()).isZero();

        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(settled).containsExactly(new RecordedPayment(unseen, PaymentEffect.APPLIED, OrderStatus.PAID));
    }

    @Test
    void orAtOnceWhenItIsReportedAgain() {
        Order order = sale.ordered(product, 2);
        Payment unseen = keptUnseen(order);

        assertThat(sale.recordPayment.one(unseen))
                .isEqualTo(new PaymentOutcome.AlreadyRecorded(
                        new RecordedPayment(unseen, PaymentEffect.APPLIED, OrderStatus.PAID)));
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void orByARepairOfWhatTheAuditFinds() {
        Order order = sale.ordered(product, 2);
        Payment unseen = keptUnseen(order);
        sale.database.advance(Duration.ofHours(1));
        assertThat(sale.flashsale.housekeeping().settleKeptPayments()).isZero();
        AuditReport found = sale.flashsale.audits().audit();

        assertThat(found.orphans())
                .containsExactly(new Orphan(
                        Orphan.KEPT_THOUGH_ORDERED, unseen.transactionId().value()));
        assertThat(sale.flashsale.audits().plan(found))
                .containsExactly(new Mend.PaymentSettled(unseen.transactionId()));
        assertThat(sale.flashsale.audits().repair(found))
                .containsExactly(new Mend.PaymentSettled(unseen.transactionId()));
        assertThat(sale.flashsale.audits().repair(found)).first().isInstanceOf(Mend.RightMeanwhile.class);
    }

    private Payment keptUnseen(Order order) {
        Payment payment = Examples.success(order.id());
        boolean unused = sale.transactions.run(tx -> {
            tx.payments().insert(List.of(RecordedPayment.kept(payment)));
            return true;
        });
        return payment;
    }

    private final List<RecordedPayment> settled = new ArrayList<>();

    private Flashsale told() {
        return Flashsale.on(sale.ports, sale.settings, new SaleListener() {
            @Override
            public void keptPaymentsSettled(List<RecordedPayment> payments) {
                settled.addAll(payments);
            }
        });
    }

    private Order placed() {
        OrderOutcome outcome = sale.placeOrder.one(hold);
        assertThat(outcome).isEqualTo(new OrderOutcome.Placed(sale.stored(FIRST)));
        return sale.stored(FIRST);
    }

    private void record(Payment payment) {
        assertThat(sale.recordPayment.one(payment))
                .isEqualTo(new PaymentOutcome.Recorded(RecordedPayment.kept(payment)));
    }
}
