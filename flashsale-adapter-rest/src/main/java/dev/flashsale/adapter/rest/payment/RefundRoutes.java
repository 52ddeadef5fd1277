package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/refunds}: money to be given back, and that it was, for operators. */
public final class RefundRoutes {

    private static final String TRANSACTION_ID = "transaction_id";
    private static final String ORDER_ID = "order_id";
    private static final String OF = "payment_transaction_id";
    private static final String AMOUNT = "amount";
    private static final String CURRENCY = "currency";
    private static final String RESTOCK = "restock";

    private static final Set<String> MADE = Set.of(
            TRANSACTION_ID,
            ORDER_ID,
            OF,
            AMOUNT,
            CURRENCY,
            RESTOCK,
            ItemsJson.LINES,
            OperatorToken.REASON,
            OperatorToken.OPERATOR);
    private static final Set<String> FIELDS = Set.of(TRANSACTION_ID, OperatorToken.REASON, OperatorToken.OPERATOR);

    private final Function<Cause, Operator> operator;
    private final Lists lists;
    private final AdmissionLimits places;
    private final OperatorToken operators;

    public RefundRoutes(
            Function<Cause, Operator> operator, Lists lists, AdmissionLimits places, OperatorToken operators) {
        this.operator = operator;
        this.lists = lists;
        this.places = places;
        this.operators = operators;
    }

    public Answer list(Request request) {
        return Pages.answer(
                request,
                Cursor.NUMBER,
                (after, size) -> places.reads().admit(() -> lists.refunds(after, size)),
                PaymentJson::write);
    }

    /** That money was given back by hand. */
    public Answer made(Request request) {
        JsonBody body = request.onlyJson(MADE);
        TransactionId id = body.string(TRANSACTION_ID, TransactionId::new);
        OrderId order = body.integer(ORDER_ID, OrderId::new);
        Payment refund = Refused.unlessValid(
                AMOUNT,
                () -> new Payment(
                                id,
                                order,
                                PaymentStatus.REFUNDED,
                                body.optionalString(AMOUNT, MoneyText::decimal).orElse(null),
                                body.optionalString(CURRENCY, MoneyText::currency)
                                        .orElse(null),
                                body.optionalString(OF, TransactionId::new).orElse(null),
                                body.optionalFlag(RESTOCK).orElse(false))
                        .ofPieces(ItemsJson.lines(body)));
        return PaymentAnswers.of(operator.apply(operators.cause(request, body)).refund(refund));
    }

    public Answer done(Request request) {
        JsonBody body = request.onlyJson(FIELDS);
        TransactionId id = body.string(TRANSACTION_ID, TransactionId::new);
        return PaymentAnswers.of(operator.apply(operators.cause(request, body)).refundDone(id), id);
    }
}
