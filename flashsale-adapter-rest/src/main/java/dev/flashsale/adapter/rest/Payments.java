package dev.flashsale.adapter.rest;

import dev.flashsale.application.RecordPayment;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /api/payments}. A report is the gateway's or is refused; it is answered the same however often it comes. */
final class Payments {

    private static final Set<String> FIELDS =
            Set.of("order_id", "status", "transaction_id", "amount", "currency", "payment_transaction_id", "restock");
    static final Pattern PLAIN_DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");

    private final RecordPayment recordPayment;
    private final WebhookVerifier verifier;

    Payments(RecordPayment recordPayment, WebhookVerifier verifier) {
        this.recordPayment = recordPayment;
        this.verifier = verifier;
    }

    void report(ServerRequest request, ServerResponse response) {
        switch (recordPayment.record(payment(RequestBody.signedJson(request, verifier, FIELDS)))) {
            case PaymentOutcome.Recorded now -> answer(request, response, now.payment());
            case PaymentOutcome.AlreadyRecorded before -> answer(request, response, before.payment());
            case PaymentOutcome.Conflict conflict ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(
                                Problem.TRANSACTION_CONFLICT,
                                "This transaction was reported before with another order, status or amount."));
            case PaymentOutcome.NothingToRefund unknown ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(
                                Problem.NOTHING_TO_REFUND,
                                "No success of this order was reported that this could give back. Report it again,"
                                        + " after the payment."));
        }
    }

    private static void answer(ServerRequest request, ServerResponse response, RecordedPayment recorded) {
        Status status = recorded.effect() == PaymentEffect.KEPT ? Status.ACCEPTED_202 : Status.OK_200;
        Reply.json(request, response, status, Representation.of(recorded));
    }

    private static Payment payment(JsonBody body) {
        TransactionId transactionId = body.string("transaction_id", TransactionId::new);
        OrderId orderId = body.integer("order_id", OrderId::new);
        PaymentStatus status = body.string("status", Payments::status);
        BigDecimal amount = body.optionalString("amount", Payments::amount).orElse(null);
        Currency currency = body.optionalString("currency", Payments::currency).orElse(null);
        // What only a refund has is ignored in anything else, like a field that nobody knows.
        boolean refund = status == PaymentStatus.REFUNDED;
        TransactionId refundOf = refund
                ? body.optionalString("payment_transaction_id", TransactionId::new)
                        .orElse(null)
                : null;
        boolean restock = refund && body.optionalFlag("restock").orElse(false);
        try {
            return new Payment(transactionId, orderId, status, amount, currency, refundOf, restock);
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid("amount", e.getMessage() + ".");
        }
    }

    private static PaymentStatus status(String text) {
        return switch (text) {
            case "success" -> PaymentStatus.SUCCESS;
            case "failed" -> PaymentStatus.FAILED;
            case "refunded" -> PaymentStatus.REFUNDED;
            default -> throw new IllegalArgumentException("status must be success, failed or refunded");
        };
    }

    private static BigDecimal amount(String text) {
        if (!PLAIN_DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("amount must be a plain decimal such as 10.00");
        }
        return new BigDecimal(text);
    }

    static Currency currency(String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency must be a code of ISO 4217 such as EUR", e);
        }
    }
}
