package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Payments;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;

/** {@code /api/refunds}: money to be given back, and that it was, for operators. */
public final class RefundRoutes {

    private static final String TRANSACTION_ID = "transaction_id";
    private static final Set<String> FIELDS = Set.of(TRANSACTION_ID);

    private final Payments payments;
    private final Lists lists;
    private final AdmissionLimits places;

    public RefundRoutes(Payments payments, Lists lists, AdmissionLimits places) {
        this.payments = payments;
        this.lists = lists;
        this.places = places;
    }

    public Answer list(Request request) {
        return Pages.answer(
                request,
                Cursor.NUMBER,
                (after, size) -> places.reads().admit(() -> lists.refunds(after, size)),
                PaymentJson::write);
    }

    public Answer done(Request request) {
        TransactionId id = request.json(FIELDS).string(TRANSACTION_ID, TransactionId::new);
        return PaymentAnswers.of(places.sales().admit(() -> payments.refundDone(id)), id);
    }
}
