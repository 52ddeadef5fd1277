package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.application.Operator;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.operator.Cause;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/conflicts}: reports that contradict what is known, and that somebody has looked, for operators. */
public final class ConflictRoutes {

    private static final String CONFLICT_ID = "conflict_id";
    private static final Set<String> FIELDS = Set.of(CONFLICT_ID, OperatorToken.REASON, OperatorToken.OPERATOR);

    private static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_CONFLICT);

    private final Function<Cause, Operator> operator;
    private final OperatorToken operators;

    public ConflictRoutes(Function<Cause, Operator> operator, OperatorToken operators) {
        this.operator = operator;
        this.operators = operators;
    }

    public Answer resolved(Request request) {
        JsonBody body = request.onlyJson(FIELDS);
        long number = body.integer(CONFLICT_ID, ConflictRoutes::number);
        return operator.apply(operators.cause(request, body)).conflictResolved(number)
                ? Answer.ok(PaymentJson.conflictResolved(number))
                : UNKNOWN;
    }

    private static Long number(long number) {
        if (number < 1) {
            throw new InvalidValue(CONFLICT_ID, "must be 1 or more");
        }
        return number;
    }
}
