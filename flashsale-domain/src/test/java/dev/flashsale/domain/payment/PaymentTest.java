package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentTest {

    private static final TransactionId ID = new TransactionId("tx-1");
    private static final OrderId ORDER = new OrderId(5);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "\u007f", "ä", "a\u0000"})
    void aTransactionIdOfOtherCharactersIsRefused(String value) {
        assertThatThrownBy(() -> new TransactionId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 128 visible ASCII characters");
    }

    @Test
    void aTransactionIdHas128CharactersAtMost() {
        assertThat(new TransactionId("~".repeat(128))).hasToString("~".repeat(128));
        assertThatThrownBy(() -> new TransactionId("~".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void transactionIdsThatDifferInCaseAloneAreDifferent() {
        assertThat(new TransactionId("A")).isNotEqualTo(new TransactionId("a")).isLessThan(new TransactionId("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "1000000000000000", "1E+999999999", "0.00001", "1E-999999999"})
    void anAmountOutOfBoundsIsRefused(BigDecimal amount) {
        assertThatThrownBy(() -> success(amount, "EUR"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amount must");
    }

    @Test
    void amountsThatDifferInZeroesAloneAreTheSameReport() {
        assertThat(success(new BigDecimal("10"), "EUR"))
                .isEqualTo(success(new BigDecimal("10.000000"), "EUR"))
                .isEqualTo(success(new BigDecimal("1E+1"), "EUR"))
                .isNotEqualTo(success(new BigDecimal("10.01"), "EUR"))
                .isNotEqualTo(success(null, "EUR"))
                .isNotEqualTo(success(new BigDecimal("10"), null));
    }

    @ParameterizedTest
    @CsvSource({
        ",, true",
        "19.90,, true",
        ", EUR, true",
        "19.9, EUR, true",
        "19.9000, EUR, true",
        "19.91, EUR, false",
        "19.9001, EUR, false",
        "19.90, USD, false",
        "19.91,, false",
        ", USD, false",
        "0, EUR, false"
    })
    void aPaymentMatchesAsFarAsTheReportSays(BigDecimal amount, String currency, boolean matches) {
        assertThat(success(amount, currency).matches(Money.of("19.90", "EUR"))).isEqualTo(matches);
    }

    @Test
    void theSameReportAgainGetsTheFirstAnswer() {
        RecordedPayment known =
                new RecordedPayment(success(BigDecimal.TEN, "EUR"), PaymentEffect.APPLIED, OrderStatus.PAID);

        assertThat(PaymentOutcome.repeated(success(new BigDecimal("10.00"), "EUR"), known))
                .isEqualTo(new PaymentOutcome.AlreadyRecorded(known));
    }

    @Test
    void anotherReportUnderTheSameTransactionIsAConflict() {
        Payment first = Payment.of(ID, ORDER, PaymentStatus.SUCCESS);
        RecordedPayment known = RecordedPayment.kept(first);

        for (Payment other : List.of(
                Payment.of(ID, new OrderId(6), PaymentStatus.SUCCESS),
                success(BigDecimal.TEN, "EUR"),
                first.ofHold(Examples.newHoldId()))) {
            assertThat(PaymentOutcome.repeated(other, known)).isEqualTo(new PaymentOutcome.Conflict(known, other));
        }
    }

    @Test
    void aConflictIsListedWithWhatWasSaidAndWhoseTheTransactionIsKnownToBe() {
        Payment other = success(BigDecimal.TEN, "EUR").ofHold(Examples.newHoldId());
        RecordedPayment known = RecordedPayment.kept(Payment.of(ID, new OrderId(6), PaymentStatus.SUCCESS));

        assertThat(new PaymentOutcome.Conflict(known, other).listed())
                .isEqualTo(new ConflictingReport(
                        ReportId.ofSuccess(ID),
                        ORDER,
                        other.reference(),
                        BigDecimal.TEN,
                        Currency.getInstance("EUR"),
                        new OrderId(6)));
    }

    @Test
    void aReportIsOfAnOrderOfItsNumberUnlessItNamesAnotherHold() {
        Order order = Examples.order(ORDER.value(), new ProductId(7), 1);
        Payment report = Examples.success(ORDER);

        assertThat(report.isOf(order)).isTrue();
        assertThat(report.ofHold(order.holdId()).isOf(order)).isTrue();
        assertThat(report.ofHold(Examples.newHoldId()).isOf(order)).isFalse();
    }

    @Test
    void onlyARefundNamesAnotherTransactionOrReturnsPieces() {
        assertThatThrownBy(() -> new Payment(ID, ORDER, PaymentStatus.SUCCESS, null, null, ID, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Payment(ID, ORDER, PaymentStatus.FAILED, null, null, null, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAReportLeavesOutIsTakenToBeWhatWasOwed() {
        Money owed = Money.of("10.00", "EUR");

        assertThat(success(null, null).completedBy(owed)).isEqualTo(success(BigDecimal.TEN, "EUR"));
        assertThat(success(BigDecimal.ONE, null).completedBy(owed)).isEqualTo(success(BigDecimal.ONE, "EUR"));
        assertThat(success(null, "USD").completedBy(owed)).isEqualTo(success(null, "USD"));
    }

    @Test
    void reportsAgreeUnlessTheySayDifferentThings() {
        assertThat(success(BigDecimal.TEN, "EUR").agreesWith(success(null, null)))
                .isTrue();
        assertThat(success(null, null).agreesWith(success(BigDecimal.TEN, "EUR")))
                .isTrue();
        assertThat(success(BigDecimal.TEN, "EUR").agreesWith(success(BigDecimal.ONE, "EUR")))
                .isFalse();
        assertThat(success(BigDecimal.TEN, "EUR").agreesWith(success(BigDecimal.TEN, "USD")))
                .isFalse();
    }

    private static Payment success(BigDecimal amount, String currency) {
        return new Payment(
                ID, ORDER, PaymentStatus.SUCCESS, amount, currency == null ? null : Currency.getInstance(currency));
    }
}
