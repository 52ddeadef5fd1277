package dev.flashsale.adapter.rest;

import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;

/** {@code /api/refunds/done}: money was given back. For operators alone. */
final class Refunds {

    private static final String TRANSACTION_ID = "transaction_id";
    private static final Set<String> FIELDS = Set.of(TRANSACTION_ID);

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    Refunds(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void done(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        TransactionId id = RequestBody.json(request, FIELDS).string(TRANSACTION_ID, TransactionId::new);
        switch (useCases.markRefundDone().mark(id)) {
            case RefundOutcome.Done now -> answerDone(request, response, id);
            case RefundOutcome.AlreadyDone before -> answerDone(request, response, id);
            case RefundOutcome.NotRequired other ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(
                                Problem.REFUND_NOT_REQUIRED, "This payment was not answered with refund_required."));
            case RefundOutcome.UnknownPayment unknown ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(Problem.UNKNOWN_PAYMENT, "No payment has this transaction_id."));
        }
    }

    private static void answerDone(ServerRequest request, ServerResponse response, TransactionId id) {
        Reply.json(request, response, Status.OK_200, Representation.done(id));
    }
}
