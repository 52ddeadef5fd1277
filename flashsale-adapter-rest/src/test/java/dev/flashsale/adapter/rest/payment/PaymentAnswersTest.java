package dev.flashsale.adapter.rest.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.rest.http.AnswerLine;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each outcome is answered. */
class PaymentAnswersTest {

    private static final TransactionId ID = new TransactionId("tx-1");
    private static final Payment PAYMENT =
            new Payment(ID, new OrderId(5), PaymentStatus.FAILED, null, null, null, false);
    private static final RecordedPayment APPLIED =
            new RecordedPayment(PAYMENT, PaymentEffect.APPLIED, OrderStatus.FAILED);

    static Stream<Arguments> each_outcome_of_a_report_has_its_answer() {
        return Stream.of(
                arguments(new PaymentOutcome.Recorded(APPLIED), "200 ok"),
                arguments(new PaymentOutcome.Recorded(RecordedPayment.kept(PAYMENT)), "202 ok"),
                arguments(new PaymentOutcome.AlreadyRecorded(APPLIED), "200 ok"),
                arguments(new PaymentOutcome.AlreadyRecorded(RecordedPayment.kept(PAYMENT)), "202 ok"),
                arguments(
                        new PaymentOutcome.Conflict(APPLIED, APPLIED.payment()),
                        "409 transaction_conflict retryable=false"),
                arguments(
                        new PaymentOutcome.NoSuchPieces(PAYMENT, new ProductId(1), 2),
                        "422 invalid_field retryable=false field=\"lines\""),
                arguments(new PaymentOutcome.NothingToRefund(PAYMENT), "409 nothing_to_refund retryable=true"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_report_has_its_answer(PaymentOutcome outcome, String answer) {
        assertThat(AnswerLine.of(PaymentAnswers.of(outcome))).isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KEPT")
    void whatever_it_did_unless_it_waits_it_was_done(PaymentEffect effect) {
        PaymentOutcome outcome = new PaymentOutcome.Recorded(new RecordedPayment(PAYMENT, effect, null));

        assertThat(AnswerLine.of(PaymentAnswers.of(outcome))).isEqualTo("200 ok");
    }

    static Stream<Arguments> each_outcome_of_a_refund_has_its_answer() {
        return Stream.of(
                arguments(new RefundOutcome.Done(APPLIED), "200 ok"),
                arguments(new RefundOutcome.AlreadyDone(APPLIED), "200 ok"),
                arguments(new RefundOutcome.NotRequired(APPLIED), "409 refund_not_required retryable=false"),
                arguments(new RefundOutcome.UnknownPayment(ID), "404 unknown_payment retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_refund_has_its_answer(RefundOutcome outcome, String answer) {
        assertThat(AnswerLine.of(PaymentAnswers.of(outcome, ID))).isEqualTo(answer);
    }

    @Test
    void the_tables_have_every_outcome() {
        AnswerLine.assertComplete(PaymentOutcome.class, each_outcome_of_a_report_has_its_answer());
        AnswerLine.assertComplete(RefundOutcome.class, each_outcome_of_a_refund_has_its_answer());
    }
}
