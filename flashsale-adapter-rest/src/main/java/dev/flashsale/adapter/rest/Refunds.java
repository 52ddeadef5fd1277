package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewRefunds;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;

/** {@code /api/refunds}: money to give back. For operators alone. */
final class Refunds {

    private static final String TRANSACTION_ID = "transaction_id";
    private static final Set<String> FIELDS = Set.of(TRANSACTION_ID);
    private static final int USUAL_LIMIT = 100;

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    Refunds(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void list(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        long after = number(request, "after", 0, 0, Long.MAX_VALUE);
        int limit = (int) number(request, "limit", USUAL_LIMIT, 1, ViewRefunds.Page.MAX_LIMIT);
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.of(useCases.viewRefunds().view(new ViewRefunds.Page(after, limit)), limit));
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

    private static long number(ServerRequest request, String name, long usual, long least, long most) {
        String text = request.query().first(name).orElse(Long.toString(usual));
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below.
        }
        throw JsonBody.invalid(name, name + " must be an integer from " + least + " to " + most + ".");
    }
}
