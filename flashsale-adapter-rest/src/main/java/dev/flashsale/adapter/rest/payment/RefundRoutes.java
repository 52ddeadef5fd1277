package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/refunds}: money to be given back, and that it was, for operators. */
public final class RefundRoutes {

    private static final String TRANSACTION_ID = "transaction_id";
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

    public Answer done(Request request) {
        JsonBody body = request.onlyJson(FIELDS);
        TransactionId id = body.string(TRANSACTION_ID, TransactionId::new);
        return PaymentAnswers.of(operator.apply(operators.cause(request, body)).refundDone(id), id);
    }
}
