package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money goes back: as the gateway reports it, and as an operator says. */
final class RefundTest {

    private static final Cause CAUSE = new Cause("ann", "sent back");

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(10);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aPaidOrderIsRefundedAndItsPiecesStaySold() {
        Order paid = sale.paid(product, 3);

        assertThat(record(Examples.refund(paid.id(), false))).isEqualTo(PaymentEffect.APPLIED);

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.REFUNDED);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void piecesReturnWhenAskedAndOnce() {
        Order paid = sale.paid(product, 3);
        Payment refund = Examples.refund(paid.id(), true);

        assertThat(record(refund)).isEqualTo(PaymentEffect.APPLIED);
        assertThat(sale.flashsale.payments().record(refund))
                .isInstanceOfSatisfying(PaymentOutcome.AlreadyRecorded.class, known -> {
                    assertThat(known.payment().orderStatus()).isEqualTo(OrderStatus.RETURNED);
                    assertThat(known.payment().givesBack())
                            .extracting(GivenBack::amount)
                            .isEqualTo(paid.amount().amount().setScale(Payment.MAX_DECIMALS));
                });
        assertThat(record(Examples.refund(paid.id(), true))).isEqualTo(PaymentEffect.IGNORED);

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.RETURNED);
        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void aRefundWhoseAnswerWasLostIsAppliedOnce() {
        Order paid = sale.paid(product, 3);
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);

        assertThat(sale.flashsale.payments().record(Examples.refund(paid.id(), true)))
                .isInstanceOf(PaymentOutcome.AlreadyRecorded.class);

        assertThat(sale.available(product)).isEqualTo(10);
    }

    @Test
    void anotherRefundUnderTheSameTransactionIsAConflict() {
        Order paid = sale.paid(product, 3);
        Payment refund = Examples.refund(paid.id(), false);
        assertThat(record(refund)).isEqualTo(PaymentEffect.APPLIED);
        Payment restocking =
                new Payment(refund.transactionId(), paid.id(), PaymentStatus.REFUNDED, null, null, null, true);

        assertThat(sale.flashsale.payments().record(restocking)).isInstanceOf(PaymentOutcome.Conflict.class);

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.REFUNDED);
    }

    @Test
    void aRefundMayComeUnderTheIdOfWhatItGivesBack() {
        Order order = sale.ordered(product, 3);
        Payment success = Examples.success(order.id());
        record(success);

        PaymentEffect effect = record(Payment.of(success.transactionId(), order.id(), PaymentStatus.REFUNDED));

        assertThat(effect).isEqualTo(PaymentEffect.APPLIED);
        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.REFUNDED);
    }

    @Test
    void partsMakeUpTheWholeAndTheirPiecesReturnOneByOne() {
        Order paid = sale.paid(product, 3);
        List<Item> one = List.of(new Item(product, new Quantity(1)));
        Payment part = part(paid, "19.90").ofPieces(one);

        assertThat(record(part)).isEqualTo(PaymentEffect.APPLIED);
        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(8);
        assertThat(record(part(paid, "9.90"))).isEqualTo(PaymentEffect.APPLIED);
        assertThat(sale.available(product)).as("no piece is named").isEqualTo(8);
        assertThat(sale.flashsale
                        .payments()
                        .record(part(paid, "1").ofPieces(List.of(new Item(product, new Quantity(3))))))
                .isInstanceOfSatisfying(
                        PaymentOutcome.NoSuchPieces.class,
                        none -> assertThat(none.left()).isEqualTo(2));
        assertThat(record(part(paid, "29.91"))).as("more than is left").isEqualTo(PaymentEffect.IGNORED);
        assertThat(record(part(paid, "29.90"))).isEqualTo(PaymentEffect.APPLIED);

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.RETURNED);
        assertThat(sale.available(product)).isEqualTo(10);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void whatMustGoBackIsListedWithWhatIsLeftOfIt() {
        Order paid = sale.paid(product, 3);
        Payment second = Examples.success(paid.id());
        record(second);

        record(part(paid, "9.70"));

        assertThat(refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.payment().transactionId()).isEqualTo(second.transactionId());
            assertThat(refund.payment().amount()).isEqualByComparingTo("59.70");
            assertThat(refund.rest()).isEqualByComparingTo("50.00");
        });
        assertThat(record(part(paid, "50"))).isEqualTo(PaymentEffect.APPLIED);
        assertThat(refunds()).isEmpty();
        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void anOperatorRecordsARefundOnceAndItIsLogged() {
        Order paid = sale.paid(product, 3);
        Payment part = part(paid, "19.90").ofPieces(List.of(new Item(product, new Quantity(1))));
        Operator operator = sale.flashsale.operator(new Cause("ann", "one was broken"));

        assertThat(operator.refund(part)).isInstanceOf(PaymentOutcome.Recorded.class);
        assertThat(operator.refund(part)).isInstanceOf(PaymentOutcome.AlreadyRecorded.class);

        assertThat(sale.available(product)).isEqualTo(8);
        assertThat(sale.database.operatorLog())
                .filteredOn(entry -> entry.action() == Action.REFUND_RECORDED)
                .singleElement()
                .satisfies(entry -> assertThat(entry.change())
                        .startsWith("19.9 of transaction ")
                        .endsWith(" given back for 1 of product " + product + ", pieces returned"));
    }

    private static Payment part(Order order, String amount) {
        return new Payment(
                Examples.newTransactionId(),
                order.id(),
                PaymentStatus.REFUNDED,
                new BigDecimal(amount),
                order.amount().currency(),
                null,
                true);
    }

    private List<Refund> refunds() {
        return sale.flashsale
                .lists()
                .refunds(Optional.empty(), PageSize.DEFAULT)
                .items();
    }

    @Test
    void aSuccessAfterTheRefundMustGoBack() {
        Order paid = sale.paid(product, 3);
        assertThat(record(Examples.refund(paid.id(), true))).isEqualTo(PaymentEffect.APPLIED);
        sale.held(product, 10);

        assertThat(record(Examples.success(paid.id()))).isEqualTo(PaymentEffect.REFUND_REQUIRED);

        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.RETURNED);
        assertThat(listed()).extracting(Refund::why).containsExactly(RefundReason.ALREADY_PAID);
    }

    @Test
    void aRefundThatComesBeforeItsPaymentIsNotRecordedAndMayComeAgain() {
        Order order = sale.ordered(product, 3);
        Payment success = Examples.success(order.id());
        Payment refund = Examples.refundOf(success);

        assertThat(sale.flashsale.payments().record(refund)).isEqualTo(new PaymentOutcome.NothingToRefund(refund));
        assertThat(sale.payments()).isEmpty();
        assertThat(record(success)).isEqualTo(PaymentEffect.APPLIED);
        assertThat(record(refund)).isEqualTo(PaymentEffect.APPLIED);

        assertThat(sale.stored(order.id()).status()).isEqualTo(OrderStatus.REFUNDED);
    }

    @Test
    void aRefundOfMoneyToGiveBackMarksItDoneAndTheSaleStands() {
        Order paid = sale.paid(product, 3);
        Payment second = Examples.success(paid.id());
        assertThat(record(second)).isEqualTo(PaymentEffect.REFUND_REQUIRED);

        assertThat(record(Examples.refundOf(second))).isEqualTo(PaymentEffect.APPLIED);
        assertThat(record(Examples.refundOf(second))).isEqualTo(PaymentEffect.IGNORED);

        assertThat(listed()).isEmpty();
        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void anOperatorMarksARefundDoneAndTheGatewayMayReportItToo() {
        Order paid = sale.paid(product, 3);
        Payment second = Examples.success(paid.id());
        assertThat(record(second)).isEqualTo(PaymentEffect.REFUND_REQUIRED);

        assertThat(sale.flashsale.operator(CAUSE).refundDone(second.transactionId()))
                .isInstanceOf(RefundOutcome.Done.class);
        assertThat(sale.flashsale.operator(CAUSE).refundDone(second.transactionId()))
                .isInstanceOf(RefundOutcome.AlreadyDone.class);
        assertThat(record(Examples.refundOf(second))).isEqualTo(PaymentEffect.IGNORED);

        assertThat(sale.flashsale
                        .lists()
                        .operatorLog(
                                Optional.of(new Subject(
                                        Subject.Kind.ORDER, paid.id().value())),
                                Optional.empty(),
                                PageSize.DEFAULT)
                        .items())
                .extracting(LoggedEntry::entry)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo(Action.REFUND_DONE);
                    assertThat(entry.cause()).isEqualTo(CAUSE);
                    assertThat(entry.change()).isEqualTo("transaction " + second.transactionId() + " given back");
                });
        assertThat(listed()).isEmpty();
        assertThat(sale.flashsale.operator(CAUSE).refundDone(Examples.newTransactionId()))
                .isInstanceOf(RefundOutcome.UnknownPayment.class);
    }

    @Test
    void moneyOfAnOrderThatNeverCameIsGivenBack() {
        OrderId never = new OrderId(77);
        Payment early = Examples.success(never);
        assertThat(record(early)).isEqualTo(PaymentEffect.KEPT);
        Payment refund = Examples.refund(never, true);
        assertThat(sale.flashsale.payments().record(refund)).isInstanceOf(PaymentOutcome.NothingToRefund.class);
        sale.database.advance(sale.settings.paymentKeep());
        assertThat(sale.flashsale.housekeeping().expireKeptPayments()).isEqualTo(1);

        assertThat(sale.flashsale.payments().record(refund))
                .isEqualTo(new PaymentOutcome.Recorded(new RecordedPayment(refund, PaymentEffect.APPLIED, null)));

        assertThat(listed()).isEmpty();
    }

    @Test
    void theListSaysWhatIsOwedAndWhyInPages() {
        Order order = sale.ordered(product, 2);
        Payment wrong = new Payment(
                Examples.newTransactionId(), order.id(), PaymentStatus.SUCCESS, new BigDecimal("0.01"), null);
        assertThat(record(wrong)).isEqualTo(PaymentEffect.REFUND_REQUIRED);
        assertThat(record(Examples.success(order.id()))).isEqualTo(PaymentEffect.APPLIED);
        Payment second = Examples.success(order.id());
        assertThat(record(second)).isEqualTo(PaymentEffect.REFUND_REQUIRED);

        Page<Refund, Long> first = sale.flashsale.lists().refunds(Optional.empty(), new PageSize(1));
        Page<Refund, Long> last = sale.flashsale.lists().refunds(first.next(), PageSize.DEFAULT);

        assertThat(first.items()).singleElement().satisfies(refund -> {
            assertThat(refund.why()).isEqualTo(RefundReason.AMOUNT_DIFFERS);
            assertThat(refund.payment().amount()).isEqualByComparingTo("0.01");
        });
        assertThat(last.next()).isEmpty();
        assertThat(last.items()).singleElement().satisfies(refund -> {
            assertThat(refund.payment()).isEqualTo(second.completedBy(order.amount()));
            assertThat(refund.receivedAt()).isEqualTo(sale.database.now());
        });
    }

    @Test
    void whoReturnsWhatTheyBoughtMayBuyAgain() {
        ProductId limited = Examples.newProductId();
        assertThat(sale.flashsale
                        .products()
                        .put(Examples.product(limited), 10, new SaleRules(null, 1, SaleWindow.ALWAYS)))
                .isNotNull();
        Order kept = boughtByOne(limited);
        assertThat(record(Examples.refund(kept.id(), false))).isEqualTo(PaymentEffect.APPLIED);
        assertThat(holdForOne(limited)).isInstanceOf(HoldOutcome.LimitReached.class);

        ProductId returned = Examples.newProductId();
        assertThat(sale.flashsale
                        .products()
                        .put(Examples.product(returned), 10, new SaleRules(null, 1, SaleWindow.ALWAYS)))
                .isNotNull();
        Order back = boughtByOne(returned);
        assertThat(record(Examples.refund(back.id(), true))).isEqualTo(PaymentEffect.APPLIED);
        assertThat(holdForOne(returned)).isInstanceOf(HoldOutcome.Placed.class);
    }

    private Order boughtByOne(ProductId id) {
        HoldOutcome.Placed hold = (HoldOutcome.Placed) holdForOne(id);
        Order order = ((OrderOutcome.Placed) sale.flashsale.orders().place(hold.holdId())).order();
        assertThat(record(Examples.success(order.id()))).isEqualTo(PaymentEffect.APPLIED);
        return order;
    }

    private HoldOutcome holdForOne(ProductId id) {
        return sale.flashsale
                .holds()
                .place(new HoldRequest(Examples.newHoldId(), id, new Quantity(1), new CustomerId("one")));
    }

    private List<Refund> listed() {
        return sale.flashsale
                .lists()
                .refunds(Optional.empty(), PageSize.DEFAULT)
                .items();
    }

    private PaymentEffect record(Payment payment) {
        return sale.flashsale.payments().record(payment) instanceof PaymentOutcome.Recorded recorded
                ? recorded.payment().effect()
                : null;
    }
}
