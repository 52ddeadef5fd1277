package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import io.helidon.http.Status;

/** What is answered to what became of a payment, or of money to be given back. */
final class PaymentAnswers {

    private PaymentAnswers() {}

    static Answer of(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Recorded now -> recorded(now.payment());
            case PaymentOutcome.AlreadyRecorded before -> recorded(before.payment());
            case PaymentOutcome.Conflict conflict -> Answer.of(Problem.TRANSACTION_CONFLICT);
            case PaymentOutcome.NoSuchPieces none ->
                Answer.of(ProblemDocument.invalid(
                        ItemsJson.LINES,
                        "lines has more of product " + none.productId() + " than the order has that did not come back: "
                                + none.left() + "."));
            case PaymentOutcome.NothingToRefund unknown -> Answer.of(Problem.NOTHING_TO_REFUND);
        };
    }

    static Answer of(RefundOutcome outcome, TransactionId id) {
        return switch (outcome) {
            case RefundOutcome.Done now -> Answer.ok(PaymentJson.refundDone(id));
            case RefundOutcome.AlreadyDone before -> Answer.ok(PaymentJson.refundDone(id));
            case RefundOutcome.NotRequired other -> Answer.of(Problem.REFUND_NOT_REQUIRED);
            case RefundOutcome.UnknownPayment unknown -> Answer.of(Problem.UNKNOWN_PAYMENT);
        };
    }

    private static Answer recorded(RecordedPayment payment) {
        Status status = payment.effect() == PaymentEffect.KEPT ? Status.ACCEPTED_202 : Status.OK_200;
        return Answer.json(status, PaymentJson.of(payment));
    }
}
