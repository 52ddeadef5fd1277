package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.adapter.rest.webhook.WebhookVerifier;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Payments;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;

/**
 * {@code /api/payments}: reports of them, and for operators those that wait. A report is the gateway's or is refused; it is
 * answered the same however often it comes.
 */
public final class PaymentRoutes {

    private static final Set<String> FIELDS =
            Set.of("order_id", "status", "transaction_id", "amount", "currency", "payment_transaction_id", "restock");

    private final Payments payments;
    private final Lists lists;
    private final AdmissionLimits places;
    private final WebhookVerifier verifier;

    public PaymentRoutes(Payments payments, Lists lists, AdmissionLimits places, WebhookVerifier verifier) {
        this.payments = payments;
        this.lists = lists;
        this.places = places;
        this.verifier = verifier;
    }

    /** Of one kind alone: what was decided is found with its order. */
    public Answer list(Request request) {
        PaymentEffect unused = Pages.requiredStatus(request, new PaymentEffect[] {PaymentEffect.KEPT});
        return Pages.answer(
                request,
                Cursor.NUMBER,
                (after, size) -> places.reads().admit(() -> lists.keptPayments(after, size)),
                PaymentJson::write);
    }

    /** Nothing of the body is looked at before its signature is right. */
    public Answer report(Request request) {
        byte[] body = request.body();
        verifier.verify(request.headers(), body);
        Payment payment = payment(request.json(body, FIELDS));
        return PaymentAnswers.of(places.sales().admit(() -> payments.record(payment)));
    }

    private static Payment payment(JsonBody body) {
        TransactionId transactionId = body.string("transaction_id", TransactionId::new);
        OrderId orderId = body.integer("order_id", OrderId::new);
        PaymentStatus status = body.string("status", PaymentRoutes::status);
        BigDecimal amount = body.optionalString("amount", MoneyText::decimal).orElse(null);
        Currency currency = body.optionalString("currency", MoneyText::currency).orElse(null);
        // What only a refund has is ignored in anything else, like a field that nobody knows.
        boolean refund = status == PaymentStatus.REFUNDED;
        TransactionId refundOf = refund
                ? body.optionalString("payment_transaction_id", TransactionId::new)
                        .orElse(null)
                : null;
        boolean restock = refund && body.optionalFlag("restock").orElse(false);
        return Refused.unlessValid(
                "amount", () -> new Payment(transactionId, orderId, status, amount, currency, refundOf, restock));
    }

    private static PaymentStatus status(String text) {
        return switch (text) {
            case "success" -> PaymentStatus.SUCCESS;
            case "failed" -> PaymentStatus.FAILED;
            case "refunded" -> PaymentStatus.REFUNDED;
            default -> throw new InvalidValue("status", "must be success, failed or refunded");
        };
    }
}
