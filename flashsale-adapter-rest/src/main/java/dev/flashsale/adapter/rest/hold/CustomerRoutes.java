package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.application.Operator;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.operator.Cause;
import java.util.function.Function;

/** {@code /api/customers}, for operators. */
public final class CustomerRoutes {

    private final Function<Cause, Operator> operator;
    private final OperatorToken operators;

    public CustomerRoutes(Function<Cause, Operator> operator, OperatorToken operators) {
        this.operator = operator;
        this.operators = operators;
    }

    public Answer forget(Request request) {
        Cause cause = operators.cause(request, request.onlyJson(OperatorToken.CAUSE));
        CustomerId id = Refused.unlessValid(Pages.CUSTOMER_ID, () -> new CustomerId(request.id()));
        return switch (operator.apply(cause).forget(id)) {
            case ForgetOutcome.Forgotten forgotten ->
                Answer.ok(Json.object(json -> {
                    json.writeNumberProperty("holds", forgotten.holds());
                    json.writeNumberProperty("idempotency_keys", forgotten.keys());
                }));
            case ForgetOutcome.NamedInCause named ->
                Answer.of(ProblemDocument.invalid(
                        OperatorToken.REASON,
                        "Neither reason nor operator may have the customer's id in it, for both are recorded."));
        };
    }
}
