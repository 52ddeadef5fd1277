package dev.flashsale.adapter.rest.value;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a string as of RFC 9651, in quotation
 * marks, or the same without them, as many clients send it, if it has neither spaces nor any of {@code ",;\}.
 */
public final class IdempotencyKeys {

    private static final String FIELD = "idempotency-key";
    private static final HeaderName NAME = HeaderNames.create("Idempotency-Key");
    private static final Header REPLAYED = HeaderValues.createCached("Idempotent-Replayed", "true");

    private static final Pattern BARE = Pattern.compile("[!-~&&[^\",;\\\\]]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ -~&&[^\"\\\\]]|\\\\[\"\\\\])+)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /** Every character may be escaped. */
    private static final int MAX_LENGTH = 2 * IdempotencyKey.MAX_LENGTH + 2;

    private IdempotencyKeys() {}

    /** The request's key, if it has one; {@link Refused} if what it has is none. */
    public static Optional<IdempotencyKey> of(Request request) {
        List<String> values = request.headers().all(NAME, List::of);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw Refused.invalid(FIELD, "The header Idempotency-Key must not be sent more than once.");
        }
        try {
            return Optional.of(new IdempotencyKey(text(values.get(0).strip())));
        } catch (IllegalArgumentException notAKey) {
            throw Refused.invalid(
                    FIELD,
                    "The header Idempotency-Key must be 1 to " + IdempotencyKey.MAX_LENGTH
                            + " printable ASCII characters in quotation marks, or without them and without spaces,"
                            + " commas and semicolons.");
        }
    }

    private static String text(String value) {
        if (value.length() <= MAX_LENGTH) {
            Matcher quoted = QUOTED.matcher(value);
            if (quoted.matches()) {
                return ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
            }
            if (BARE.matcher(value).matches()) {
                return value;
            }
        }
        throw new IllegalArgumentException("neither a string nor a word");
    }

    /** The answer to the outcome, or the refusal of the key. */
    public static <A> Answer answer(KeyedOutcome<A> keyed, Function<A, Answer> answer) {
        return switch (keyed) {
            case KeyedOutcome.First<A> first -> answer.apply(first.outcome());
            case KeyedOutcome.Replayed<A> again -> answer.apply(again.outcome()).with(REPLAYED);
            case KeyedOutcome.KeyReused<A> reused ->
                Answer.of(ProblemDocument.of(Problem.IDEMPOTENCY_KEY_REUSED).blaming(FIELD));
        };
    }
}
