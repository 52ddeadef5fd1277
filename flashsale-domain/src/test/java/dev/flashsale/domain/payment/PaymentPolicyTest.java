package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaymentPolicyTest {

    private static final ProductId PRODUCT = new ProductId(7);
    private static final int PIECES = 3;

    @Test
    void whatReturnsMoreOrLessThanItsOrdersGiveUpIsRefusedBeforeItIsWritten() {
        Order order = Examples.order(1, PRODUCT, PIECES);
        List<Payment> payments = List.of(Examples.failure(order.id()));
        Map<OrderId, Order> orders = Map.of(order.id(), order);
        Map<ProductId, Stock> stocks = Map.of(PRODUCT, new Stock(PRODUCT, 10, 3));
        PaymentPolicy.Decision right = PaymentPolicy.decide(payments, Set.of(), orders, stocks);

        assertThat(right.sound(payments, orders, stocks)).isEqualTo(right);
        for (int available : List.of(3, 5, 7)) {
            PaymentPolicy.Decision wrong = new PaymentPolicy.Decision(
                    right.payments(), right.orders(), Map.of(PRODUCT, new Stock(PRODUCT, 10, available)));
            assertThatThrownBy(() -> wrong.sound(payments, orders, stocks))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3 pieces return");
        }
        assertThatThrownBy(() -> new PaymentPolicy.Decision(List.of(), right.orders(), right.stocks())
                        .sound(payments, orders, stocks))
                .hasMessage("0 effects of 1 payments");
        assertThatThrownBy(() -> new PaymentPolicy.Decision(right.payments(), Map.of(), right.stocks())
                        .sound(payments, orders, stocks))
                .hasMessageContaining("other orders");
    }

    /** An order of 3 pieces, with 3 available beside it. */
    @ParameterizedTest
    @CsvSource({
        "PENDING, SUCCESS, true,  APPLIED,         PAID,    3",
        "PENDING, SUCCESS, false, REFUND_REQUIRED, PENDING, 3",
        "PENDING, FAILED,  true,  APPLIED,         FAILED,  6",
        "PENDING, FAILED,  false, IGNORED,         PENDING, 3",
        "PENDING, DECLINED, true,  APPLIED,        PENDING, 3",
        "PENDING, DECLINED, false, IGNORED,        PENDING, 3",
        "PENDING, PROCESSING, true, IGNORED,       PENDING, 3",
        "PAID,    DECLINED, true,  IGNORED,        PAID,    3",
        "FAILED,  DECLINED, true,  IGNORED,        FAILED,  3",
        "EXPIRED, DECLINED, true,  IGNORED,        EXPIRED, 3",
        "FAILED,  PROCESSING, true, IGNORED,       FAILED,  3",
        "PAID,    SUCCESS, true,  REFUND_REQUIRED, PAID,    3",
        "PAID,    SUCCESS, false, REFUND_REQUIRED, PAID,    3",
        "PAID,    FAILED,  true,  IGNORED,         PAID,    3",
        "PAID,    FAILED,  false, IGNORED,         PAID,    3",
        "FAILED,  SUCCESS, true,  APPLIED,         PAID,    0",
        "FAILED,  SUCCESS, false, REFUND_REQUIRED, FAILED,  3",
        "FAILED,  FAILED,  true,  IGNORED,         FAILED,  3",
        "FAILED,  FAILED,  false, IGNORED,         FAILED,  3",
        "EXPIRED, SUCCESS, true,  APPLIED,         PAID,    0",
        "EXPIRED, SUCCESS, false, REFUND_REQUIRED, EXPIRED, 3",
        "EXPIRED, FAILED,  true,  IGNORED,         EXPIRED, 3",
        "EXPIRED, FAILED,  false, IGNORED,         EXPIRED, 3",
        "CANCELLED, SUCCESS, true,  REFUND_REQUIRED, CANCELLED, 3",
        "CANCELLED, SUCCESS, false, REFUND_REQUIRED, CANCELLED, 3",
        "CANCELLED, FAILED,  true,  IGNORED,         CANCELLED, 3",
        "CANCELLED, FAILED,  false, IGNORED,         CANCELLED, 3",
        "REFUNDED, SUCCESS, true, REFUND_REQUIRED, REFUNDED, 3",
        "REFUNDED, FAILED,  true, IGNORED,         REFUNDED, 3",
        "RETURNED, SUCCESS, true, REFUND_REQUIRED, RETURNED, 3",
        "RETURNED, FAILED,  true, IGNORED,         RETURNED, 3"
    })
    void everyPaymentHasOneEffectOnEveryOrder(
            OrderStatus before,
            PaymentStatus reported,
            boolean matches,
            PaymentEffect effect,
            OrderStatus after,
            int available) {
        Order order = Examples.order(1, PRODUCT, PIECES).with(before);
        Payment payment = new Payment(
                Examples.newTransactionId(),
                order.id(),
                reported,
                matches ? order.amount().amount() : order.amount().amount().add(BigDecimal.ONE),
                order.amount().currency());

        PaymentPolicy.Decision decision = decide(3, List.of(order), payment);

        assertThat(decision.payments()).containsExactly(new RecordedPayment(payment, effect, after));
        assertThat(decision.orders()).containsExactly(Map.entry(order.id(), order.with(after)));
        assertThat(decision.stocks().get(PRODUCT).available()).isEqualTo(available);
        assertThat(PaymentPolicy.stocksToLock(List.of(payment), byId(List.of(order))))
                .isEqualTo(
                        effect == PaymentEffect.APPLIED && before.takesStock() != after.takesStock()
                                ? Set.of(PRODUCT)
                                : Set.of());
    }

    @Test
    void whatIsOfAnotherOrderThanItNamesIsNeverApplied() {
        Order order = Examples.order(1, PRODUCT, PIECES);

        PaymentPolicy.Decision decision = decide(
                3,
                List.of(order),
                Examples.success(order.id()).ofHold(Examples.newHoldId()),
                Examples.failure(order.id()).ofHold(Examples.newHoldId()),
                declined(Examples.newTransactionId(), order).ofHold(Examples.newHoldId()));

        assertThat(effects(decision))
                .containsExactly(PaymentEffect.REFUND_REQUIRED, PaymentEffect.IGNORED, PaymentEffect.IGNORED);
        assertThat(decision.orders()).containsExactly(Map.entry(order.id(), order));
        assertThat(RefundReason.of(decision.payments().getFirst(), order)).isEqualTo(RefundReason.OTHER_ORDER);
        assertThat(effects(
                        decide(3, List.of(order), Examples.success(order.id()).ofHold(order.holdId()))))
                .containsExactly(PaymentEffect.APPLIED);
    }

    /** Money was taken that does not fit the order, which goes on waiting for what does: it has not failed. */
    @Test
    void aFailureOfATransactionThatSucceededIsIgnored() {
        Order order = Examples.order(1, PRODUCT, PIECES);
        TransactionId id = Examples.newTransactionId();
        Payment failure = Payment.of(id, order.id(), PaymentStatus.FAILED);
        Payment wrong = new Payment(id, order.id(), PaymentStatus.SUCCESS, BigDecimal.ONE, null);

        assertThat(effects(decide(3, List.of(order), wrong, failure, declined(id, order))))
                .containsExactly(PaymentEffect.REFUND_REQUIRED, PaymentEffect.IGNORED, PaymentEffect.IGNORED);
        assertThat(effects(PaymentPolicy.decide(List.of(failure), Set.of(id), byId(List.of(order)), Map.of())))
                .containsExactly(PaymentEffect.IGNORED);
    }

    @Test
    void aTransactionMayBeDeclinedAndFailAndThenSucceed() {
        Order order = Examples.order(1, PRODUCT, PIECES);
        TransactionId id = Examples.newTransactionId();

        PaymentPolicy.Decision decision = decide(
                3,
                List.of(order),
                declined(id, order),
                Payment.of(id, order.id(), PaymentStatus.FAILED),
                Payment.of(id, order.id(), PaymentStatus.SUCCESS));

        assertThat(effects(decision)).containsOnly(PaymentEffect.APPLIED);
        assertThat(decision.orders().get(order.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(decision.stocks().get(PRODUCT).available()).isEqualTo(3);
    }

    private static Payment declined(TransactionId id, Order order) {
        return Payment.of(id, order.id(), PaymentStatus.DECLINED);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 2", "FAILED, 0", "EXPIRED, 2", "EXPIRED, 0"})
    void aLateSuccessWithoutStockRequiresARefund(OrderStatus ended, int available) {
        Order order = Examples.order(1, PRODUCT, PIECES).with(ended);
        Payment payment = Examples.success(order.id());

        PaymentPolicy.Decision decision = decide(available, List.of(order), payment);

        assertThat(decision.payments())
                .containsExactly(new RecordedPayment(payment, PaymentEffect.REFUND_REQUIRED, ended));
        assertThat(decision.orders()).containsEntry(order.id(), order);
        assertThat(decision.stocks().get(PRODUCT).available()).isEqualTo(available);
    }

    @Test
    void afterASuccessAFailureIsIgnored() {
        Order order = Examples.order(1, PRODUCT, PIECES);

        PaymentPolicy.Decision decision =
                decide(0, List.of(order), Examples.success(order.id()), Examples.failure(order.id()));

        assertThat(effects(decision)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.IGNORED);
        assertThat(decision.orders()).containsEntry(order.id(), order.with(OrderStatus.PAID));
        assertThat(decision.stocks().get(PRODUCT).available()).isZero();
    }

    @Test
    void afterAFailureASuccessTakesThePiecesAgain() {
        Order order = Examples.order(1, PRODUCT, PIECES);

        PaymentPolicy.Decision decision =
                decide(0, List.of(order), Examples.failure(order.id()), Examples.success(order.id()));

        assertThat(effects(decision)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.APPLIED);
        assertThat(decision.payments().get(0).orderStatus()).isEqualTo(OrderStatus.FAILED);
        assertThat(decision.orders()).containsEntry(order.id(), order.with(OrderStatus.PAID));
        assertThat(decision.stocks().get(PRODUCT).available()).isZero();
    }

    @Test
    void whatOneOrderReturnsTheNextPaymentOfTheBatchMayTake() {
        Order failing = Examples.order(1, PRODUCT, PIECES);
        Order late = Examples.order(2, PRODUCT, PIECES).with(OrderStatus.EXPIRED);

        PaymentPolicy.Decision decision =
                decide(0, List.of(failing, late), Examples.failure(failing.id()), Examples.success(late.id()));
        PaymentPolicy.Decision inTheOtherOrder =
                decide(0, List.of(failing, late), Examples.success(late.id()), Examples.failure(failing.id()));

        assertThat(effects(decision)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.APPLIED);
        assertThat(decision.stocks().get(PRODUCT).available()).isZero();
        assertThat(effects(inTheOtherOrder)).containsExactly(PaymentEffect.REFUND_REQUIRED, PaymentEffect.APPLIED);
        assertThat(inTheOtherOrder.stocks().get(PRODUCT).available()).isEqualTo(PIECES);
    }

    @Test
    void twoLateSuccessesCannotTakeTheSamePieces() {
        Order first = Examples.order(1, PRODUCT, PIECES).with(OrderStatus.EXPIRED);
        Order second = Examples.order(2, PRODUCT, PIECES).with(OrderStatus.FAILED);

        PaymentPolicy.Decision decision =
                decide(5, List.of(first, second), Examples.success(second.id()), Examples.success(first.id()));

        assertThat(effects(decision)).containsExactly(PaymentEffect.APPLIED, PaymentEffect.REFUND_REQUIRED);
        assertThat(decision.orders())
                .containsEntry(first.id(), first)
                .containsEntry(second.id(), second.with(OrderStatus.PAID));
        assertThat(decision.stocks().get(PRODUCT).available()).isEqualTo(2);
    }

    @Test
    void aPendingOrderPastItsDeadlineIsPaidWithThePiecesThatItStillHas() {
        Order overdue = Examples.order(1, PRODUCT, PIECES);
        assertThat(overdue.statusAt(overdue.paymentDeadline())).isEqualTo(OrderStatus.EXPIRED);

        PaymentPolicy.Decision decision = decide(0, List.of(overdue), Examples.success(overdue.id()));

        assertThat(effects(decision)).containsExactly(PaymentEffect.APPLIED);
        assertThat(decision.stocks().get(PRODUCT).available()).isZero();
    }

    @Test
    void aBatchThatOnlyPaysPendingOrdersLocksNoStock() {
        List<Order> orders = List.of(Examples.order(1, PRODUCT, 1), Examples.order(2, new ProductId(8), 1));
        List<Payment> payments =
                orders.stream().map(order -> Examples.success(order.id())).toList();

        assertThat(PaymentPolicy.stocksToLock(payments, byId(orders))).isEmpty();
        assertThat(PaymentPolicy.decide(payments, Set.of(), byId(orders), Map.of())
                        .orders()
                        .values())
                .allMatch(order -> order.status() == OrderStatus.PAID);
    }

    @Test
    void stocksAreLockedInTheOrderOfTheirProducts() {
        List<Order> orders = Stream.of(9, 7, 8)
                .map(id -> Examples.order(id, new ProductId(id), 1))
                .toList();
        List<Payment> payments =
                orders.stream().map(order -> Examples.failure(order.id())).toList();

        assertThat(PaymentPolicy.stocksToLock(payments, byId(orders)))
                .containsExactly(new ProductId(7), new ProductId(8), new ProductId(9));
    }

    @Test
    void anOrderThatWasNotLoadedIsTheCallersMistake() {
        List<Payment> payments = List.of(Examples.success(new OrderId(77)));

        assertThatThrownBy(() -> PaymentPolicy.decide(payments, Set.of(), Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not loaded: 77");
        assertThatThrownBy(() -> PaymentPolicy.stocksToLock(payments, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not loaded: 77");
    }

    @Test
    void aRefundIsNotForThisPolicy() {
        Order paid = Examples.order(1, PRODUCT, PIECES).with(OrderStatus.PAID);

        assertThatThrownBy(() -> decide(0, List.of(paid), Examples.refund(paid.id(), true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PaymentPolicy.Decision decide(int available, List<Order> orders, Payment... payments) {
        return PaymentPolicy.decide(
                List.of(payments), Set.of(), byId(orders), Map.of(PRODUCT, new Stock(PRODUCT, 100, available)));
    }

    private static Map<OrderId, Order> byId(List<Order> orders) {
        return orders.stream().collect(Collectors.toMap(Order::id, order -> order));
    }

    private static List<PaymentEffect> effects(PaymentPolicy.Decision decision) {
        return decision.payments().stream().map(RecordedPayment::effect).toList();
    }
}
