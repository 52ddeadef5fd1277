package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.admission.UseCases;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;

/** {@code /api/refunds}: money to be given back, and that it was, for operators. */
public final class RefundRoutes {

    private static final String TRANSACTION_ID = "transaction_id";
    private static final Set<String> FIELDS = Set.of(TRANSACTION_ID);

    private final UseCases useCases;

    public RefundRoutes(UseCases useCases) {
        this.useCases = useCases;
    }

    public Answer list(Request request) {
        return Pages.answer(request, Cursor.NUMBER, useCases.listRefunds()::list, PaymentJson::write);
    }

    public Answer done(Request request) {
        TransactionId id = request.json(FIELDS).string(TRANSACTION_ID, TransactionId::new);
        return PaymentAnswers.of(useCases.markRefundDone().mark(id), id);
    }
}
